import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, bodyOf } from '../api/client';
import { formatCount } from '../ui/data/money-format';
import { RollingNumber } from '../ui/data/rolling-number';
import { useLiveEvents } from './live';
import { hasScope, useMe } from './session';
import { useSetup } from './setup/setup-query';

/** Rejected requests that still wait for a corrected mapping. */
function useWaitingPostbacks(): number {
  const isAllowed = hasScope(useMe(), 'postbacks:read');
  const queries = useQueryClient();
  const refresh = useCallback(() => void queries.invalidateQueries({ queryKey: ['postbacks', 'waiting'] }), [queries]);
  useLiveEvents(['postback'], refresh);
  const { data } = useQuery({
    queryKey: ['postbacks', 'waiting'],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/api/v1/postbacks/counts', { signal })),
    enabled: isAllowed,
  });
  return data?.waiting ?? 0;
}

/** The number beside an entry of the navigation: waiting postbacks, and the finished steps of Start. */
export function SideCount({
  page,
  className,
  badClassName,
}: {
  page: string;
  className?: string | undefined;
  badClassName?: string | undefined;
}) {
  if (page === '/postbacks') return <WaitingCount className={`${className} ${badClassName}`} />;
  if (page === '/start') return <SetupCount className={className} />;
  return null;
}

function WaitingCount({ className }: { className: string }) {
  const waiting = useWaitingPostbacks();
  return waiting === 0 ? null : (
    <span className={className} title={`${formatCount(waiting)} wait for a corrected mapping`}>
      {formatCount(waiting)}
    </span>
  );
}

function SetupCount({ className }: { className?: string | undefined }) {
  const { data } = useSetup();
  if (data === undefined || data.current === null) return null;
  return (
    <span className={className}>
      <RollingNumber value={data.done} /> of {data.total}
    </span>
  );
}
