import { type Dispatch, useCallback, useMemo, useRef, useState } from 'react';
import { type Draft, type DraftAct, reduceDraft } from './draft';
import { isChanged } from './draft-fields';
import { forgetDraft, keepDraft, type KeptDraft, newDraftId, readDraft } from './draft-storage';

export interface DraftState {
  draft: Draft;
  before: Draft;
  draftId: string;
  dispatch: Dispatch<DraftAct>;
  isChanged: boolean;
  /** When this browser has kept the draft; `null` while there is nothing to keep. */
  keptAt: Date | null;
  discard: () => KeptDraft;
  restore: (kept: KeptDraft) => void;
  /** The draft has become a link: nothing is kept, and the next draft is another one. */
  finish: () => void;
}

type Current = Omit<KeptDraft, 'savedAt'> & { savedAt: number | null };

/**
 * A draft that this browser keeps while it is typed.
 * @param name under which it is kept
 * @param initial the draft at the beginning
 * @param before the link before the changes
 */
export function useDraft(name: string, { initial, before }: { initial: Draft; before: Draft }): DraftState {
  const [state, setState] = useState<Current>(
    () => readDraft(name) ?? { id: newDraftId(), draft: initial, before, savedAt: null },
  );
  // Several acts may come before the next render, so the latest draft is not that of the render.
  const latest = useRef(state);
  const isCopy = initial !== before;
  const hasChanges = useCallback(
    (current: Current): boolean => isChanged(isCopy ? initial : current.before, current.draft),
    [isCopy, initial],
  );
  const update = useCallback((next: Current): void => {
    latest.current = next;
    setState(next);
  }, []);

  const dispatch = useCallback(
    (act: DraftAct): void => {
      const draft = reduceDraft(latest.current.draft, act);
      if (draft === latest.current.draft) return;
      const next: Current = { ...latest.current, draft };
      const kept = { ...next, savedAt: Date.now() };
      const isKept = hasChanges(next);
      if (isKept) keepDraft(name, kept);
      else forgetDraft(name);
      update(isKept ? kept : { ...next, savedAt: null });
    },
    [name, hasChanges, update],
  );

  return useMemo(
    () => ({
      draft: state.draft,
      before: state.before,
      draftId: state.id,
      dispatch,
      isChanged: hasChanges(state),
      keptAt: state.savedAt === null ? null : new Date(state.savedAt),
      discard: () => {
        const discarded = { ...latest.current, savedAt: latest.current.savedAt ?? Date.now() };
        forgetDraft(name);
        update({ id: newDraftId(), draft: initial, before, savedAt: null });
        return discarded;
      },
      restore: (kept) => {
        keepDraft(name, kept); // also when the builder is closed meanwhile
        update(kept);
      },
      finish: () => {
        forgetDraft(name);
        update({ ...latest.current, id: newDraftId(), savedAt: null });
      },
    }),
    [name, state, dispatch, hasChanges, update, initial, before],
  );
}
