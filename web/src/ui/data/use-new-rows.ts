import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { type FocusEvent, type PointerEvent, type UIEvent, useCallback, useEffect, useRef, useState } from 'react';
import { type LiveKind, useLiveEvents } from '../../app/live';
import { newRowsOf, refreshRows, type RowPage, type RowPages, takeNewest } from './new-rows';

/** Events of this time are read together. */
const GATHER_MS = 500;

/**
 * Keeps a list up to date that `useInfiniteQuery` reads, newest rows first. After a live event its newest page is read: rows
 * that the list has change in their place. New rows come in at once, or wait while `isHeld`, because rows must not move under
 * a pointer or a reader.
 */
export function useNewRows<Row extends { id: string }>({
  queryKey,
  kinds,
  isHeld,
  readNewest,
  onNews,
}: {
  queryKey: QueryKey;
  kinds: readonly LiveKind[];
  isHeld: boolean;
  /** Reads the first page of the list. */
  readNewest: () => Promise<RowPage<Row>>;
  /** Called after the newest page was read. */
  onNews?: () => void;
}): { waiting: number; take: () => void } {
  const queries = useQueryClient();
  const key = JSON.stringify(queryKey);
  const [found, setFound] = useState<{ key: string; newest: RowPage<Row> } | null>(null);
  const current = useRef({ key, queryKey, readNewest, onNews });
  useEffect(() => {
    current.current = { key, queryKey, readNewest, onNews };
  });
  const read = useCallback(async () => {
    const asked = current.current;
    if (queries.getQueryData(asked.queryKey) === undefined) return; // its first page is being loaded
    const newest = await asked.readNewest();
    queries.setQueryData<RowPages<Row>>(asked.queryKey, (loaded) => loaded && refreshRows(loaded, newest.data));
    if (current.current.key === asked.key) setFound({ key: asked.key, newest });
    asked.onNews?.();
  }, [queries]);
  useLiveEvents(kinds, useGathered(read));
  const loaded = queries.getQueryData<RowPages<Row>>(queryKey);
  const newest = found?.key === key ? found.newest : undefined;
  const waiting = newest === undefined || loaded === undefined ? 0 : newRowsOf(loaded, newest).length;
  const take = useCallback(() => {
    if (newest === undefined) return;
    queries.setQueryData<RowPages<Row>>(current.current.queryKey, (list) => list && takeNewest(list, newest));
    setFound(null);
  }, [newest, queries]);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- the rows come in when they are no longer held
    if (!isHeld && waiting > 0) take();
  }, [isHeld, waiting, take]);
  return { waiting, take };
}

/** A function that calls `read` at most once at a time, and again if it was called meanwhile. Failed reads wait for the next call. */
function useGathered(read: () => Promise<void>): () => void {
  const state = useRef<'idle' | 'reading' | 'again'>('idle');
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  return useCallback(() => {
    if (state.current !== 'idle') {
      state.current = 'again';
      return;
    }
    state.current = 'reading';
    const run = async (): Promise<void> => {
      do {
        await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
        state.current = 'reading';
        if (isMounted.current) await read().catch(() => undefined);
      } while ((state.current as string) === 'again' && isMounted.current);
      state.current = 'idle';
    };
    void run();
  }, [read]);
}

/**
 * Whether rows must not move now: the pointer or the focus is in the list, or it is scrolled. The handlers belong on the
 * element around the list.
 */
export function useHeldRows() {
  const [isHovered, setHovered] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const [isScrolled, setScrolled] = useState(false);
  return {
    isHeld: isHovered || hasFocus || isScrolled,
    handlers: {
      onPointerEnter: ({ pointerType }: PointerEvent) => setHovered(pointerType === 'mouse'),
      onPointerLeave: () => setHovered(false),
      onFocus: () => setFocus(true),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => setFocus(currentTarget.contains(relatedTarget)),
      onScrollCapture: ({ target }: UIEvent) => setScrolled(target instanceof Element && target.scrollTop > 0),
    },
  };
}
