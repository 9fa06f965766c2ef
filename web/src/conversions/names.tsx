import { useNetworks } from '../networks/use-networks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, bodyOf, type Schema } from '../api/client';
import { hasScope, useMe } from '../app/session';

const NAMES_STALE_MS = 5 * 60_000;

export interface NamedLink {
  id: string;
  title: string;
  /** Domain and slug. */
  address: string;
}

export function nameOfLink({ id, title, slug, domain, shortUrl }: Schema<'LinkResponse'>): NamedLink {
  const address = shortUrl.replace(/^https?:\/\//, '') || `${domain}/${slug}`;
  return { id, title: title ?? slug, address };
}

/** The name of a link. Each link is read once, when its first row comes into view. Absent: not known yet, or deleted. */
export function useLinkName(id: string | null | undefined): NamedLink | undefined {
  const isAllowed = hasScope(useMe(), 'links:read');
  const { data } = useQuery({
    queryKey: ['links', 'name', id],
    queryFn: async ({ signal }) => {
      const answer = await api.GET('/api/v1/links/{id}', { params: { path: { id: id ?? '' } }, signal });
      return nameOfLink(bodyOf(answer));
    },
    enabled: isAllowed && id !== null && id !== undefined,
    staleTime: NAMES_STALE_MS,
    retry: false,
  });
  return data;
}

export function useNetworkName(id: string | null | undefined): string | undefined {
  const networks = useNetworks();
  return id === null || id === undefined ? undefined : (networks.find((network) => network.id === id)?.name ?? id);
}

/** The title of a link, leading to its page. */
export function LinkLabel({ id }: { id: string }) {
  const name = useLinkName(id);
  return (
    <Link to="/links/$linkId" params={{ linkId: id }} className="text-link" title={name?.address}>
      {name?.title ?? id}
    </Link>
  );
}

export function NetworkLabel({ id }: { id: string | null }) {
  const name = useNetworkName(id);
  return name === undefined ? <span className="muted">–</span> : <span>{name}</span>;
}

/** Whether the amounts are hidden from this member: the API then sends `null` for each. */
export function useIsMoneyHidden(): boolean {
  return useMe().workspaces.find(({ isCurrent }) => isCurrent)?.hideMoney === true;
}
