import type { ServerResponse } from 'node:http';
import type { OutageLog } from '../../platform/logging/outage-log.js';
import { ChangeFollower } from './change-follower.js';
import type { LiveChange, LiveChanges } from './live-changes.repository.js';
import { LiveListener } from './live-listener.js';
import type { ListenerRefusal, LiveSubscription } from './live-subscription.js';
import { MissedEvents } from './missed-events.js';
import { eventIdAfter, parseEventId, timeOfEventId } from './rules/event-id.js';
import type { LiveEvent } from './rules/live-event.js';
import { WritePace } from './write-pace.js';

// src/reports/live: the stream of live events. A request passes events.controller.ts and event-streams.service.ts of a server
// process, which forwards the reader's answer. In the reader, this file follows MongoDB's changes while anyone listens, and
// live-listener.ts is one open stream. The pure code is in rules/.

export interface LiveFeedOptions {
  heartBeatMs?: number;
  listenersPerWorkspace?: number;
  listeners?: number;
  beginBeforeSeconds?: number;
}

const HEART_BEAT_MS = 15_000;
const LISTENERS_PER_WORKSPACE = 100;
const LISTENERS = 1_000;
/** After the last listener has left, changes are followed for this long: browsers reconnect. */
const LINGER_MS = 10_000;
/** When the first listener reconnects, the feed begins earlier: after a restart, others reconnect with earlier ids. */
const BEGIN_BEFORE_SECONDS = 15;
/** More missed events are a gap. */
const MAX_MISSED = 2_000;

export class ListenerRefused extends Error {
  constructor(readonly reason: ListenerRefusal) {
    super(reason);
  }
}

/** Follows MongoDB's changes while there are listeners, and gives each one its events. */
export class LiveFeed {
  private readonly listeners = new Map<string, Set<LiveListener>>();
  private readonly pace: WritePace;
  private readonly missed: MissedEvents;
  private readonly limits: Required<LiveFeedOptions>;
  private follower: ChangeFollower | undefined;
  private findingId: Promise<string> | undefined;
  private count = 0;
  private isStopped = false;
  private lingering: NodeJS.Timeout | undefined;

  constructor(
    private readonly changes: LiveChanges,
    private readonly failures: OutageLog,
    options: LiveFeedOptions = {},
  ) {
    this.limits = {
      heartBeatMs: HEART_BEAT_MS,
      listenersPerWorkspace: LISTENERS_PER_WORKSPACE,
      listeners: LISTENERS,
      beginBeforeSeconds: BEGIN_BEFORE_SECONDS,
      ...options,
    };
    this.pace = new WritePace(() => this.follower?.readUntil ?? '');
    this.missed = new MissedEvents(changes);
  }

  /** Sends events until the connection ends. @throws ListenerRefused before anything is sent. */
  async listen(subscription: LiveSubscription, response: ServerResponse): Promise<void> {
    this.assertRoom(subscription.workspaceId);
    const listener = new LiveListener(subscription, response, (ready) => this.pace.add(ready));
    this.add(listener);
    response.on('close', () => this.remove(listener));
    try {
      const currentId = await this.findCurrentId().catch(() => undefined);
      if (currentId === undefined || this.isStopped) throw new ListenerRefused('no_changes');
      const isReconnecting = subscription.lastEventId !== undefined;
      const follower = (this.follower ??= this.follow(currentId, isReconnecting ? this.limits.beginBeforeSeconds : 0));
      // The access may have ended before its changes were followed.
      const areValid = await Promise.all(subscription.accessIds.map((id) => this.changes.isAccessValid(id)));
      if (areValid.includes(false)) {
        response.destroy();
        return;
      }
      if (response.destroyed) return;
      listener.open(this.limits.heartBeatMs);
      await this.startListener(listener, follower, currentId);
    } catch (error) {
      this.remove(listener);
      throw error;
    }
  }

  /** Ends all streams, and takes no more listeners. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const listener of this.all()) listener.end();
    await this.stopFollowing();
  }

  private async stopFollowing(): Promise<void> {
    clearTimeout(this.lingering);
    const { follower } = this;
    this.follower = undefined;
    await follower?.stop();
  }

  /** One look-up for all listeners that come at the same time: after a restart, all of them do. */
  private findCurrentId(): Promise<string> {
    this.findingId ??= this.changes.findCurrentId().finally(() => (this.findingId = undefined));
    return this.findingId;
  }

  private async startListener(listener: LiveListener, follower: ChangeFollower, currentId: string): Promise<void> {
    const { lastEventId } = listener.subscription;
    const afterId = lastEventId === undefined ? currentId : parseEventId(lastEventId, Date.now());
    if (afterId === undefined) {
      join(listener, follower, { afterId: currentId, gapSince: null });
      return;
    }
    const isBuffered = afterId >= follower.buffer.coveredAfter;
    const again = isBuffered ? { events: [], until: afterId } : await this.missed.read(listener, follower, afterId);
    if (again === undefined) join(listener, follower, { afterId: currentId, gapSince: isoTimeOf(afterId) });
    else join(listener, follower, { afterId: again.until, events: again.events });
  }

  private follow(currentId: string, secondsBefore: number): ChangeFollower {
    const { seconds } = timeOfEventId(currentId);
    const beginId = secondsBefore === 0 ? currentId : eventIdAfter({ seconds: seconds - secondsBefore, increment: 0 });
    return new ChangeFollower(
      this.changes,
      this.failures,
      { beginId, nowId: currentId },
      {
        apply: (change) => this.apply(change),
        lose: (position) => this.noteLost(position),
      },
    );
  }

  private noteLost(position: string): void {
    for (const listener of this.all()) {
      if (listener.isStarted && listener.position < position) listener.addGap(isoTimeOf(listener.position), position);
    }
  }

  private apply(change: LiveChange): void {
    if (change.kind === 'event') {
      for (const listener of this.listeners.get(change.event.workspaceId) ?? []) listener.offer(change.event);
    } else if (change.kind === 'access') {
      for (const listener of this.all()) if (listener.subscription.accessIds.includes(change.accessId)) listener.end();
    }
  }

  private all(): LiveListener[] {
    return [...this.listeners.values()].flatMap((listeners) => [...listeners]);
  }

  private assertRoom(workspaceId: string): void {
    if (this.count >= this.limits.listeners) throw new ListenerRefused('process_limit');
    const { size } = this.listeners.get(workspaceId) ?? { size: 0 };
    if (size >= this.limits.listenersPerWorkspace) throw new ListenerRefused('workspace_limit');
  }

  private add(listener: LiveListener): void {
    clearTimeout(this.lingering);
    const { workspaceId } = listener.subscription;
    const ofWorkspace = this.listeners.get(workspaceId) ?? new Set();
    this.listeners.set(workspaceId, ofWorkspace.add(listener));
    this.count++;
  }

  private remove(listener: LiveListener): void {
    const { workspaceId } = listener.subscription;
    const ofWorkspace = this.listeners.get(workspaceId);
    if (!ofWorkspace?.delete(listener)) return;
    if (ofWorkspace.size === 0) this.listeners.delete(workspaceId);
    this.count--;
    listener.release();
    this.pace.remove(listener);
    if (this.count > 0) return;
    this.lingering = setTimeout(() => void this.stopFollowing(), LINGER_MS).unref();
  }
}

/**
 * Starts a listener with the events after an id, which the buffer has. It takes one turn of the event loop, so that no event
 * comes between these and the next one of the feed.
 */
function join(
  listener: LiveListener,
  { buffer, readUntil }: ChangeFollower,
  { afterId, events = [], gapSince }: { afterId: string; events?: LiveEvent[]; gapSince?: string | null },
): void {
  const buffered = buffer.findAfter(afterId)?.filter((event) => listener.wants(event));
  const position = readUntil > afterId ? readUntil : afterId;
  if (buffered === undefined || events.length + buffered.length > MAX_MISSED) {
    const since = gapSince === undefined ? isoTimeOf(events[0]?.id ?? afterId) : gapSince;
    listener.start({ events: [], position, gap: { since, id: position } });
    return;
  }
  const gap = gapSince === undefined ? undefined : { since: gapSince, id: afterId };
  listener.start({ events: [...events, ...buffered], position, gap });
}

function isoTimeOf(id: string): string {
  return new Date(timeOfEventId(id).seconds * 1_000).toISOString();
}
