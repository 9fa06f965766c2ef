import { useNetworks } from '../networks/use-networks';
import { Link } from '@tanstack/react-router';
import { useLinkName } from '../links/link-names';

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
