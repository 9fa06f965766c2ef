import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { messageOf } from '../../api/problem';
import { showNotice, showProgress } from '../../ui/layout/toasts-state';
import type { Link } from '../link-types';
import { actWords, linksWords } from '../links-words';
import { type LinkFilters, type LinkStateName, toLinkQuery } from '../links-search';
import { NO_SELECTION, type Selection, toggleAll, toggleRange, toggleRow } from './selection';

const PAGE_SIZE = 100;

/** The selected links. Those that match but are not shown are loaded when all are selected. */
export function useSelection(shown: readonly Link[]) {
  const [selection, setSelection] = useState<Selection>(NO_SELECTION);
  const [loaded, setLoaded] = useState<ReadonlyMap<string, Link>>(new Map());
  const [isSelecting, setSelecting] = useState(false);
  const order = shown.map(({ id }) => id);
  const byId = new Map([...loaded, ...shown.map((link): [string, Link] => [link.id, link])]);
  const links = [...selection.ids].flatMap((id) => byId.get(id) ?? []);
  return {
    ids: selection.ids,
    links,
    isSelecting,
    toggle: (id: string, isRange: boolean) =>
      setSelection((before) => (isRange ? toggleRange(before, id, order) : toggleRow(before, id))),
    toggleAll: () => setSelection((before) => toggleAll(before, order)),
    clear: () => setSelection(NO_SELECTION),
    selectMatching: async (filters: LinkFilters, state: LinkStateName, count: number) => {
      setSelecting(true);
      try {
        const all = await loadMatching(filters, state, count);
        setLoaded(all);
        setSelection({ ids: new Set(all.keys()), anchor: null });
      } catch (error) {
        showNotice(messageOf(error), { isError: true });
      } finally {
        setSelecting(false);
      }
    },
  };
}

/** All links that match, page by page, with the progress. */
async function loadMatching(filters: LinkFilters, state: LinkStateName, count: number): Promise<Map<string, Link>> {
  const all = new Map<string, Link>();
  const progress = showProgress(linksWords.selecting);
  try {
    let cursor: string | undefined;
    do {
      const query = { ...toLinkQuery(filters, state), limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
      const { data, page } = bodyOf(await api.GET('/api/v1/links', { params: { query } }));
      for (const link of data) all.set(link.id, link);
      cursor = page.nextCursor ?? undefined;
      progress.update(actWords.running(linksWords.selecting, all.size, count), Math.min(1, all.size / count));
    } while (cursor !== undefined);
    return all;
  } finally {
    progress.end();
  }
}
