import { queryClient } from '../../api/query-client';
import { type Link, stateOf } from '../link-types';
import type { LinkListPage, LinkPages, ListQuestion } from '../links-queries';
import type { LinkStateName } from '../links-search';

/** Lists that are longer are not loaded again after a change: their rows are right already. */
const MAX_RELOADED_PAGES = 4;

/** Changes links wherever lists show them. `undefined` takes a link out; so does a state that a list leaves out. */
export function updateCachedLinks(update: (link: Link) => Link | undefined): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: ['links', 'list'] })) {
    const { state } = query.queryKey[2] as ListQuestion;
    queryClient.setQueryData<LinkPages>(query.queryKey, (data) => {
      if (data === undefined) return data;
      const pages = data.pages.map((page): LinkListPage => ({ ...page, links: keep(page.links, update, state) }));
      return { ...data, pages };
    });
  }
  for (const query of queryClient.getQueryCache().findAll({ queryKey: ['links', 'one'] })) {
    queryClient.setQueryData<Link>(query.queryKey, (link) => (link === undefined ? link : (update(link) ?? link)));
  }
}

function keep(links: readonly Link[], update: (link: Link) => Link | undefined, state: LinkStateName): Link[] {
  return links.flatMap((link) => {
    const changed = update(link);
    if (changed === link) return [link];
    return changed !== undefined && isInState(changed, state) ? [changed] : [];
  });
}

function isInState(link: Link, state: LinkStateName): boolean {
  if (state === 'archived') return link.archived;
  if (link.archived) return false;
  if (state === 'paused') return link.paused;
  return state !== 'live' || (!link.paused && link.suspended === null && stateOf(link).name !== 'expired');
}

/** After a change: the counts, and the lists that are short enough, are loaded again. */
export async function reloadLinks({ isListStale = false } = {}): Promise<void> {
  await queryClient.invalidateQueries({
    queryKey: ['links'],
    predicate: ({ queryKey: [, part], state }) => {
      if (part === 'numbers' || part === 'ranking') return false;
      const pages = (state.data as LinkPages | undefined)?.pages;
      return part !== 'list' || isListStale || pages === undefined || pages.length <= MAX_RELOADED_PAGES;
    },
  });
}
