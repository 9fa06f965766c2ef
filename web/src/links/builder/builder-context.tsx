import { createContext, type Dispatch, useContext } from 'react';
import type { Schema } from '../../api/client';
import type { Draft, DraftAct } from './draft/draft';
import type { ProblemFinder } from './draft/problems';

type DraftPreview = Schema<'DraftPreviewResponse'>;

/** Everything that the parts of the form share. */
export interface Builder extends ProblemFinder {
  draft: Draft;
  /** The link before the changes; an empty draft for a new link. */
  before: Draft;
  /** The existing link. */
  link: Schema<'LinkResponse'> | null;
  change: (fields: Partial<Draft>) => void;
  dispatch: Dispatch<DraftAct>;
  preview: DraftPreview | undefined;
  /** The answer belongs to an earlier state of the draft. */
  isPreviewOld: boolean;
}

export const BuilderContext = createContext<Builder | null>(null);

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (builder === null) throw new Error('useBuilder belongs inside of the link builder');
  return builder;
}
