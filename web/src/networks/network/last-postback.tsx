import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { type LiveEvent, useLiveEvents } from '../../app/live';
import { VerdictMark } from '../../ui/data/status';
import { useNow, When } from '../../ui/data/time';
import { formatSpan } from '../../ui/data/time-format';
import { latestPostbackQuery } from '../networks-queries';
import { networksWords } from '../networks-words';

/** A network that sent nothing for longer than this is called silent. */
const SILENT_MS = 3_600_000;

/** When the network was last heard, and the verdict. It follows the live events. */
export function LastPostback({ networkId }: { networkId: string }) {
  const queries = useQueryClient();
  const { data: latest } = useQuery(latestPostbackQuery(networkId));
  const listen = useCallback(
    ({ data }: LiveEvent) => {
      if (data['networkId'] !== networkId) return;
      void queries.invalidateQueries({ queryKey: latestPostbackQuery(networkId).queryKey });
    },
    [queries, networkId],
  );
  useLiveEvents(['postback'], listen);
  if (latest === undefined) return null;
  if (latest === null) return <span title={networksWords.nothingCameHint}>{networksWords.nothingCame}</span>;
  return (
    <Link to="/postbacks" search={{ id: latest.id }} className="text-link">
      <SilentOrSeen at={latest.receivedAt} /> <VerdictMark verdict={latest.verdict} isBare />
    </Link>
  );
}

function SilentOrSeen({ at }: { at: string }) {
  const age = useNow().getTime() - new Date(at).getTime();
  if (age >= SILENT_MS) return networksWords.silent(formatSpan(age));
  return (
    <>
      {networksWords.seen} <When at={at} />
    </>
  );
}
