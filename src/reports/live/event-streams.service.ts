import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { Caller } from '../../workspaces/caller.js';
import { allows } from '../../workspaces/scopes.js';
import { readerSocketOf } from '../reader/reader-socket.js';
import type { ListenerRefusal, LiveSubscription } from './live-subscription.js';
import { type EventFilterParameters, parseEventFilter } from './rules/event-filter.js';
import { LIVE_EVENT_TYPES, SCOPE_OF_TYPE } from './rules/live-event-types.js';

/** For the head of the reader's answer. It may read missed events before, for two seconds. */
const PATIENCE_MS = 10_000;
const MAX_ID_CHARS = 600;

/** Forwards streams of live events from the reader of this machine; see live-feed.ts. */
@Injectable()
export class EventStreams {
  private readonly socketPath: string;
  private readonly streams = new Set<PassThrough>();
  private isClosing = false;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    this.socketPath = readerSocketOf(settings.dataDir);
  }

  /** @throws ProblemException 422 for parameters that are no filters, 403 for a type that the caller may not read. */
  read(caller: Caller, parameters: EventFilterParameters, lastEventId: string | undefined): LiveSubscription {
    const reading = parseEventFilter(parameters);
    if (!reading.ok) throw ProblemException.invalid(...reading.problems);
    const { filter } = reading;
    const readable = LIVE_EVENT_TYPES.filter((type) => allows(caller.scopes, SCOPE_OF_TYPE[type]));
    const refused = filter.types?.find((type) => !readable.includes(type));
    if (refused !== undefined) {
      throw new ProblemException('forbidden', `These events need the scope ${SCOPE_OF_TYPE[refused]}, which you lack.`);
    }
    return {
      workspaceId: caller.workspaceId,
      accessIds: caller.accessIds,
      types: filter.types ?? readable,
      filter,
      lastEventId: lastEventId?.slice(0, MAX_ID_CHARS),
      endsAt: caller.accessEndsAt?.getTime() ?? null,
    };
  }

  /** @throws ProblemException 429 or 503 when the reader does not take the listener. */
  async open(subscription: LiveSubscription): Promise<Readable> {
    if (!this.settings.hasReports) throw new ProblemException('unavailable', OFF);
    const answer = await this.ask(JSON.stringify(subscription)).catch(() => undefined);
    if (answer === undefined || this.isClosing) throw refused('no_changes');
    if (answer.statusCode !== 200) throw refused(await readRefusal(answer));
    const events = new PassThrough();
    this.streams.add(events);
    // When the reader ends, the answer ends without an error: clients reconnect.
    answer.on('error', () => undefined);
    answer.on('close', () => events.end());
    events.on('close', () => {
      this.streams.delete(events);
      answer.destroy();
    });
    return answer.pipe(events);
  }

  /** Ends all streams at once. A shutdown does not wait for them. */
  endAll(): void {
    this.isClosing = true;
    for (const events of this.streams) events.end();
  }

  private async ask(body: string): Promise<IncomingMessage> {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request({ socketPath: this.socketPath, path: '/events', method: 'POST', agent: false, headers });
    const timer = setTimeout(() => sent.destroy(new Error('the reader does not answer')), PATIENCE_MS);
    try {
      sent.end(body);
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }
}

async function readRefusal(answer: IncomingMessage): Promise<ListenerRefusal> {
  const parts: Buffer[] = [];
  for await (const part of answer as AsyncIterable<Buffer>) parts.push(part);
  const { reason } = JSON.parse(Buffer.concat(parts).toString()) as { reason?: ListenerRefusal };
  return reason ?? 'no_changes';
}

const OFF = 'This instance sends no live events (REPORTS=off); ask another one.';

const DETAILS: Record<ListenerRefusal, string> = {
  workspace_limit: 'This workspace has 100 streams of live events open, and cannot have more: close one first.',
  process_limit: 'Too many streams of live events are open on this server; try again later.',
  no_changes: 'Live events are not available at the moment; try again in a few seconds.',
};

function refused(reason: ListenerRefusal): ProblemException {
  const code = reason === 'workspace_limit' ? 'too_many_requests' : 'unavailable';
  return new ProblemException(code, DETAILS[reason], undefined, { 'retry-after': '5' });
}
