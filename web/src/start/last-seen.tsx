import IconClick from '@tabler/icons-react/dist/esm/icons/IconClick.mjs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { api, bodyOf } from '../api/client';
import { useLiveEvents } from '../app/live';
import { hasScope, useMe } from '../app/session';
import { Money } from '../ui/data/money';
import { lookOfVerdict, Status } from '../ui/data/status';
import { Clock } from '../ui/data/time';
import { Card } from '../ui/layout/card';
import { Skeleton } from '../ui/layout/feedback';
import { SEEN_ROWS, type SeenRow, seenRows } from './seen-rows';
import { startWords } from './start-words';
import styles from './last-seen.module.css';

const EVERY_MS = 1_000;
const query = { limit: SEEN_ROWS };

/** The latest clicks and postbacks, as they come. */
export function LastSeen() {
  const me = useMe();
  const clicks = useQuery({
    queryKey: ['clicks', 'latest'],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/api/v1/clicks', { params: { query }, signal })).data,
    enabled: hasScope(me, 'clicks:read'),
  });
  const postbacks = useQuery({
    queryKey: ['postbacks', 'latest'],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/api/v1/postbacks', { params: { query }, signal })).data,
    enabled: hasScope(me, 'postbacks:read'),
  });
  useRefresh();
  const rows = seenRows(clicks.data ?? [], postbacks.data ?? []);
  const isPending = clicks.isLoading || postbacks.isLoading;
  return (
    <Card title={startWords.seen} isBare>
      {rows.length === 0 ? (
        <p className={styles.empty}>{isPending ? <Skeleton width={200} /> : startWords.seenEmpty}</p>
      ) : (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Row({ row }: { row: SeenRow }) {
  return (
    <li className={styles.row}>
      <span className="muted">
        <Clock at={row.at} />
      </span>
      {row.kind === 'click' ? (
        <Link to="/clicks/$clickId" params={{ clickId: row.id }} className={styles.what}>
          <IconClick className="icon-small" aria-hidden="true" />
          {row.text}
        </Link>
      ) : (
        <Link to="/postbacks" search={{ id: row.id }} className={styles.what}>
          <Status shape={lookOfVerdict(row.verdict).shape} tone={lookOfVerdict(row.verdict).tone} isBare>
            {row.text}
          </Status>
        </Link>
      )}
      <span className={styles.detail}>
        {row.kind === 'postback' && row.payout !== null ? <Money value={row.payout} /> : row.detail}
      </span>
    </li>
  );
}

/** Reads the lists again when something comes, at most once a second. */
function useRefresh(): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const refresh = useCallback(() => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: ['clicks', 'latest'] });
      void queries.invalidateQueries({ queryKey: ['postbacks', 'latest'] });
    }, EVERY_MS);
  }, [queries]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvents(['click', 'postback'], refresh);
}
