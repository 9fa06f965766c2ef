import { useCallback, useEffect, useRef } from 'react';
import { queryClient } from '../../api/query-client';
import { type LiveEvent, useLiveEvents } from '../../app/live';

const REFRESH_MS = 3_000;

/** Loads the numbers of a link again some seconds after an event about it; several events are one request. */
export function useLinkRefresh(linkId: string): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const note = useCallback(
    ({ kind, data }: LiveEvent) => {
      if (data['linkId'] !== linkId) return;
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        void queryClient.invalidateQueries({ queryKey: ['links', 'report', linkId] });
        if (kind === 'conversion') void queryClient.invalidateQueries({ queryKey: ['conversions', 'of'] });
      }, REFRESH_MS);
    },
    [linkId],
  );
  useLiveEvents(['click', 'conversion'], note);
  useEffect(() => () => clearTimeout(timer.current), []);
}
