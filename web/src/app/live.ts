import { useEffect } from 'react';
import { createStore } from './store';

// One event stream for all tabs of a browser: HTTP/1.1 allows six connections to a host, and a stream keeps one. The tab that
// holds the lock reads the stream, and passes the events on through a channel.

const STREAM = '/api/v1/events/stream';
const LOCK = 'hopback-live';
const CHANNEL = 'hopback-live';
/** A hidden tab gives up the stream after this time; the next visible one takes it. */
const HIDDEN_MS = 60_000;

export type LiveKind = 'click' | 'postback' | 'conversion';

/** An event as the stream sends it; see the API's ClickEventResponse and its siblings. */
export interface LiveEvent {
  kind: LiveKind;
  data: Readonly<Record<string, unknown>>;
}

type Message = { type: 'event'; event: LiveEvent } | { type: 'state'; isLive: boolean } | { type: 'ask' };

const listeners = new Set<(event: LiveEvent) => void>();
const isLive = createStore(false);

function receive(message: Exclude<Message, { type: 'ask' }>): void {
  if (message.type === 'event') {
    for (const listener of listeners) listener(message.event);
    return;
  }
  isLive.set(message.isLive);
}

type Share = (message: Exclude<Message, { type: 'ask' }>) => void;

/** Starts to take part. @returns a function that ends it. */
export function startLive(): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  const post = (message: Message): void => channel.postMessage(message);
  let isReader = false;
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type !== 'ask') receive(data);
    else if (isReader) post({ type: 'state', isLive: isLive.get() });
  };
  const share: Share = (message) => {
    isReader = message.type === 'event' || message.isLive;
    receive(message);
    post(message);
  };
  const end = new AbortController();
  post({ type: 'ask' }); // the tab that reads the stream tells whether it is live
  void holdStream(share, end.signal);
  return () => {
    end.abort();
    channel.close();
  };
}

/** Waits for the lock, reads the stream while this tab is visible, and gives the lock back when it has been hidden for long. */
async function holdStream(share: Share, end: AbortSignal): Promise<void> {
  while (!end.aborted) {
    try {
      await navigator.locks.request(LOCK, { signal: end }, () => readStream(share, end));
    } catch {
      // Ended while it waited, or the browser has no locks: then this tab has its own stream.
      if (!end.aborted && !('locks' in navigator)) await readStream(share, end);
    }
    await becomesVisible(end);
  }
}

function readStream(share: Share, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const source = new EventSource(STREAM);
    let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
    const close = (): void => {
      clearTimeout(hiddenTimer);
      document.removeEventListener('visibilitychange', watchVisibility);
      source.close();
      share({ type: 'state', isLive: false });
      resolve();
    };
    const watchVisibility = (): void => {
      clearTimeout(hiddenTimer);
      if (document.visibilityState === 'hidden') hiddenTimer = setTimeout(close, HIDDEN_MS);
    };
    source.onopen = () => share({ type: 'state', isLive: true });
    source.onerror = () => share({ type: 'state', isLive: false }); // the browser connects again by itself
    for (const kind of ['click', 'postback', 'conversion'] as const) {
      source.addEventListener(kind, ({ data }: MessageEvent<string>) => {
        share({ type: 'event', event: { kind, data: JSON.parse(data) as LiveEvent['data'] } });
      });
    }
    document.addEventListener('visibilitychange', watchVisibility);
    end.addEventListener('abort', close, { once: true });
  });
}

function becomesVisible(end: AbortSignal): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true, signal: end });
    end.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Calls `listener` for each live event of the given kinds while the component is on the page. */
export function useLiveEvents(kinds: readonly LiveKind[], listener: (event: LiveEvent) => void): void {
  const key = kinds.join(' ');
  useEffect(() => {
    const call = (event: LiveEvent): void => {
      if (key.split(' ').includes(event.kind)) listener(event);
    };
    listeners.add(call);
    return () => void listeners.delete(call);
  }, [key, listener]);
}

/** Whether events arrive at the moment they happen. */
export const useIsLive = isLive.use;
