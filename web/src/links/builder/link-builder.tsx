import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { hasScope, useMe, workspaceQuery } from '../../app/session';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import { Sheet } from '../../ui/layout/sheet';
import { BuilderSheet } from './builder-sheet';
import { builderWords } from './builder-words';
import { EMPTY_DRAFT } from './draft/draft';
import { toCopy, toDraft } from './draft/draft-fields';
import { draftName } from './draft/draft-storage';

// The link builder: a form beside the list. Start at builder-sheet.tsx for its parts, and at draft/draft.ts for its state.

interface BuilderProps {
  /** The link to change; `null`: a new link. */
  linkId: string | null;
  /** The link whose settings a new link begins with. */
  copyOf?: string | undefined;
  onClose: () => void;
}

/** The side sheet that creates a link, or changes one. Members without the right to write links never see it. */
export function LinkBuilder({ linkId, copyOf, onClose }: BuilderProps) {
  const me = useMe();
  const workspace = useQuery(workspaceQuery).data;
  if (!hasScope(me, 'links:write') || workspace === undefined) return null;
  const source = linkId ?? copyOf;
  const name = (kind: string): string => draftName({ personId: me.id, workspaceId: workspace.id, kind });
  if (source === undefined) {
    return (
      <BuilderSheet
        key="new"
        name={name('new')}
        link={null}
        initial={EMPTY_DRAFT}
        before={EMPTY_DRAFT}
        {...{ onClose }}
      />
    );
  }
  const kind = linkId === null ? `copy:${source}` : source;
  return <LoadedBuilder key={kind} name={name(kind)} source={source} isCopy={linkId === null} onClose={onClose} />;
}

function LoadedBuilder({
  name,
  source,
  isCopy,
  onClose,
}: {
  name: string;
  source: string;
  isCopy: boolean;
  onClose: () => void;
}) {
  const { data, error, refetch } = useQuery({
    queryKey: ['links', 'edited', source],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/links/{id}', { params: { path: { id: source } }, signal })),
    staleTime: Infinity, // the form does not change beneath its person
    gcTime: 0,
  });
  if (data !== undefined) return <BuilderOfLink name={name} link={data} isCopy={isCopy} onClose={onClose} />;
  return (
    <Sheet title={isCopy ? builderWords.newLink : builderWords.editLink} onClose={onClose}>
      {error === null ? <Skeleton height={240} /> : <ErrorBox error={error} onRetry={() => void refetch()} />}
    </Sheet>
  );
}

function BuilderOfLink({
  name,
  link,
  isCopy,
  onClose,
}: {
  name: string;
  link: Schema<'LinkResponse'>;
  isCopy: boolean;
  onClose: () => void;
}) {
  const drafts = useMemo(() => {
    const draft = isCopy ? toCopy(link) : toDraft(link);
    return { initial: draft, before: isCopy ? EMPTY_DRAFT : draft };
  }, [link, isCopy]);
  return <BuilderSheet name={name} link={isCopy ? null : link} {...drafts} onClose={onClose} />;
}
