import { Injectable } from '@nestjs/common';
import type { Network } from '../networks/network.schema.js';
import { newId } from '../platform/ids/ids.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { maskHeaders, maskKey, maskParameters } from './masking.js';
import { type LogEntry, type LogJob, PostbackLog } from './postback-log.service.js';
import type { Postback, PostbackOrigin, Verdict } from './postback.schema.js';
import { PostbackJudge } from './postback-judge.service.js';

/** A request from a network, as it came. */
export interface IncomingPostback {
  method: string;
  query: string;
  body: string;
  contentType: string;
  headers: NodeJS.Dict<string | string[]>;
  ip: string;
  /** Default: `postback`. */
  origin?: PostbackOrigin;
}

/** What became of it. */
export interface PostbackOutcome {
  postbackId: string;
  verdict: Verdict;
  reason: string | null;
  hint: string | null;
  conversionId: string | null;
}

/** `ignoreWindow`: it counts however late it came. `note`: why, for the conversion's history. */
export interface ReplayOptions {
  ignoreWindow?: boolean;
  note?: string | null;
}

const DAY_MS = 86_400_000;
const RETENTION_DAYS = 90;

/** Reads a postback, applies it, and logs it with its verdict, whatever that is. */
@Injectable()
export class PostbackReceiver {
  constructor(
    private readonly judge: PostbackJudge,
    private readonly log: PostbackLog,
    private readonly metrics: Metrics,
  ) {}

  async receive(network: Network, request: IncomingPostback): Promise<PostbackOutcome> {
    const entry = newEntry(network, request);
    const { finding, event } = await this.judge.judge(network, request, entry);
    return this.store(network, { entry: { ...entry, ...finding }, event, mode: 'new' });
  }

  /** Runs a logged request again, as it would be read today. */
  async replay(network: Network, logged: Postback, options: ReplayOptions = {}): Promise<PostbackOutcome> {
    return this.storeAgain(network, await this.judgeAgain(network, logged, options));
  }

  /** The same, unless it means what it meant before: then nothing is stored. */
  async rematch(network: Network, logged: Postback): Promise<PostbackOutcome | undefined> {
    const job = await this.judgeAgain(network, logged);
    const { verdict, reason } = job.entry;
    const isSame = job.event === null && verdict === logged.verdict && reason === logged.reason;
    return isSame ? undefined : this.storeAgain(network, job);
  }

  private async judgeAgain(network: Network, logged: Postback, options: ReplayOptions = {}): Promise<LogJob> {
    const { workspaceId: _, ...before } = logged;
    const request = {
      query: logged.query,
      body: logged.body,
      contentType: logged.headers.find(({ name }) => name === 'content-type')?.value ?? '',
    };
    const { waitsUntil: _waited, ...entry } = { ...before, ...UNJUDGED };
    const { finding, event } = await this.judge.judge(network, request, entry, options);
    return { entry: { ...entry, ...finding }, event, mode: 'again' };
  }

  /** Logs a request that is not even to be read. */
  async refuse(network: Network, request: IncomingPostback, reason: string, hint: string): Promise<PostbackOutcome> {
    const entry = { ...newEntry(network, request), reason, hint };
    return this.store(network, { entry, event: null, mode: 'new' });
  }

  /** @returns what became of it this time; an entry that has counted before says what it said. */
  private async storeAgain(network: Network, job: LogJob): Promise<PostbackOutcome> {
    const stored = await this.log.write(network.workspaceId, job);
    const { verdict, reason, conversionId } = stored.attempts.at(-1) ?? stored;
    const hint = stored.verdict === verdict ? stored.hint : job.entry.hint;
    return { postbackId: stored._id, verdict, reason, hint, conversionId };
  }

  private async store(network: Network, job: LogJob): Promise<PostbackOutcome> {
    const { _id, verdict, reason, hint, conversionId } = await this.log.write(network.workspaceId, job);
    this.metrics.postbacks.inc({ verdict, reason: reason ?? '' });
    return { postbackId: _id, verdict, reason, hint, conversionId };
  }
}

/** What an entry says before anything is known. */
const UNJUDGED = {
  verdict: 'rejected',
  reason: null,
  hint: null,
  clickId: null,
  linkId: null,
  conversionId: null,
  parameters: [],
} satisfies Partial<LogEntry>;

function newEntry(network: Network, request: IncomingPostback): LogEntry {
  const receivedAt = new Date();
  return {
    _id: newId('pbk'),
    networkId: network._id,
    receivedAt,
    origin: request.origin ?? 'postback',
    method: request.method,
    path: `/postback/${maskKey(network.key)}`,
    query: maskParameters(request.query),
    body: maskParameters(request.body),
    headers: Object.entries(maskHeaders(request.headers)).map(([name, value]) => ({ name, value })),
    ip: request.ip,
    ...UNJUDGED,
    attempts: [],
    expiresAt: new Date(receivedAt.getTime() + RETENTION_DAYS * DAY_MS),
  };
}
