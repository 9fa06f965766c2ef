import { useQuery } from '@tanstack/react-query';
import { createBatch } from '../api/batch';
import { api, bodyOf, type Schema } from '../api/client';
import { hasScope, useMe } from '../app/session';

const STALE_MS = 5 * 60_000;
/** The API takes this many ids in a request. */
const MAX_IDS = 100;

interface NamedLink {
  id: string;
  title: string;
  /** Domain and slug. */
  address: string;
}

export function nameOfLink({ id, title, slug, domain, shortUrl }: Schema<'LinkResponse'>): NamedLink {
  const address = shortUrl.replace(/^https?:\/\//, '') || `${domain}/${slug}`;
  return { id, title: title ?? slug, address };
}

const findLinkName = createBatch(async (ids) => {
  const query = { id: ids, archived: 'all' as const, limit: MAX_IDS };
  const { data } = bodyOf(await api.GET('/api/v1/links', { params: { query } }));
  return new Map(data.map((link) => [link.id, nameOfLink(link)]));
}, MAX_IDS);

/** The name of a link; the rows of a list ask together. Undefined: not known yet, or deleted. */
export function useLinkName(id: string | null | undefined): NamedLink | undefined {
  const isAllowed = hasScope(useMe(), 'links:read');
  const { data } = useQuery({
    queryKey: ['links', 'name', id],
    queryFn: async () => (await findLinkName(id ?? '')) ?? null,
    enabled: isAllowed && id !== null && id !== undefined,
    staleTime: STALE_MS,
  });
  return data ?? undefined;
}
