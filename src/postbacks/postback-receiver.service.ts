import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Network } from '../networks/network.schema.js';
import { NetworksService } from '../networks/networks.service.js';
import { newId } from '../platform/ids/ids.js';
import { Metrics } from '../platform/metrics/metrics.js';
import type { Notice } from '../platform/vocabulary/notice.js';
import { trustedWorkspaceId } from '../platform/tenancy/workspace-id.js';
import { maskHeaders, maskKey, maskRequestText } from './masking.js';
import { NetworkDialects } from './network-dialects.service.js';
import { type LogEntry, type LogJob, PostbackLog } from './postback-log.service.js';
import type { Postback, PostbackOrigin, Verdict } from './postback.schema.js';
import { type JudgeOptions, PostbackJudge } from './postback-judge.service.js';
import { PostbackRetention } from './postback-retention.service.js';
import { RefusedBytes, shortened, entrySizeBytes } from './refused-bytes.js';
import { contentTypeOf } from './debugger/read-back.js';
import { PostbackMetrics } from './postback-metrics.service.js';
import { NeverApplicable } from './spool/postback-drainer.js';
import { PostbackSpool } from './spool/postback-spool.service.js';
import type { SignedMessage } from './security/signature.js';
import type { SpooledPostback } from './spool/spooled-postback.js';

/** A request from a network, as it came. */
export interface IncomingPostback {
  method: string;
  query: string;
  body: string;
  contentType: string;
  headers: NodeJS.Dict<string | string[]>;
  ip: string;
  /** `pixel`: a page told it (pixel or snippet). Default: `postback`. */
  origin?: PostbackOrigin;
  /** The path with its key masked, where it is not the usual one. */
  path?: string;
  /** What was guessed before the request could be read. */
  notices?: readonly Notice[];
  /** Which signed message it is, where the network signs. */
  signed?: SignedMessage;
}

/** How a request is logged that is not to be applied. */
export interface Refusal {
  /** Default: rejected. */
  verdict?: 'rejected' | 'ignored';
  reason: string | null;
  hint: string;
  /** The log does not have all of its body. */
  isIncomplete?: boolean;
}

/** Under which id a request is known, and when it came. */
export interface Arrival {
  postbackId: string;
  receivedAt: Date;
}

/** What became of it. */
export interface PostbackOutcome {
  postbackId: string;
  verdict: Verdict;
  reason: string | null;
  hint: string | null;
  conversionId: string | null;
}

/** Reads a postback, applies it, and logs it with its verdict, whatever that is. */
@Injectable()
export class PostbackReceiver implements OnModuleInit {
  private readonly refused = new RefusedBytes();
  private shortenedCount = 0;

  constructor(
    private readonly judge: PostbackJudge,
    private readonly log: PostbackLog,
    private readonly counters: PostbackMetrics,
    metrics: Metrics,
    private readonly networks: NetworksService,
    private readonly spool: PostbackSpool,
    private readonly dialects: NetworkDialects,
    private readonly retention: PostbackRetention,
  ) {
    metrics.observeCounter(
      'hopback_postbacks_shortened_total',
      'Refused postbacks of which the log keeps a part, as their network had many of them',
      () => this.shortenedCount,
    );
  }

  onModuleInit(): void {
    this.spool.applyWith((postback) => this.applySpooled(postback));
  }

  async receive(network: Network, request: IncomingPostback, arrival: Arrival): Promise<PostbackOutcome> {
    const entry = await this.newEntry(network, request, arrival);
    const { finding, event } = await this.judge.judge(network, request, entry);
    return this.store(network, { entry: withCutNote({ ...entry, ...finding }), event, mode: 'new' });
  }

  /** Does nothing when it is in the log already. @throws NeverApplicable when its network is gone. */
  async applySpooled(postback: SpooledPostback): Promise<void> {
    const { postbackId, receivedAt, networkId, workspaceId, origin, ...raw } = postback;
    const network = await this.networks.find(trustedWorkspaceId(workspaceId), networkId);
    if (network === undefined) throw new NeverApplicable('the network of this postback was deleted');
    const request = { ...raw, origin: origin as PostbackOrigin };
    const entry = await this.newEntry(network, request, { postbackId, receivedAt });
    const { finding, event } = await this.judge.judge(network, request, entry);
    await this.store(network, { entry: withCutNote({ ...entry, ...finding }), event, mode: 'spooled' });
  }

  /** Runs a logged request again, as it would be read today. */
  async replay(network: Network, logged: Postback, options: JudgeOptions = {}): Promise<PostbackOutcome> {
    return this.storeAgain(network, await this.judgeAgain(network, logged, options));
  }

  /** The same, unless it means what it meant before: then nothing is stored. */
  async rematch(network: Network, logged: Postback): Promise<PostbackOutcome | undefined> {
    const job = await this.judgeAgain(network, logged);
    const { verdict, reason } = job.entry;
    const isSame = job.event === null && verdict === logged.verdict && reason === logged.reason;
    return isSame ? undefined : this.storeAgain(network, job);
  }

  private async judgeAgain(network: Network, logged: Postback, options: JudgeOptions = {}): Promise<LogJob> {
    const { workspaceId: _, ...before } = logged;
    const request = { query: logged.query, body: logged.body, contentType: contentTypeOf(logged) };
    const { waitsUntil: _until, waitsForTxid: _for, charset: _charset, ...entry } = { ...before, ...UNJUDGED };
    const { finding, event } = await this.judge.judge(network, request, entry, options);
    return { entry: { ...entry, ...finding }, event, mode: 'again' };
  }

  /** Logs a request of which nothing is to be read but which click it names. */
  async refuse(
    network: Network,
    request: IncomingPostback,
    { verdict = 'rejected', reason, hint, isIncomplete }: Refusal,
    arrival: Arrival = { postbackId: newId('pbk'), receivedAt: new Date() },
  ): Promise<PostbackOutcome> {
    const known = await this.newEntry(network, request, arrival);
    const finding = { verdict, reason, hint, ...(isIncomplete && { isIncomplete }) };
    const entry = withCutNote({ ...known, ...this.judge.clickOf(network, request, known), ...finding }, known);
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
    const bounded = job.event === null ? { ...job, entry: this.bounded(job.entry) } : job;
    const { _id, verdict, reason, hint, conversionId } = await this.log.write(network.workspaceId, bounded);
    this.counters.postbacks.inc({ verdict, reason: reason ?? '' });
    return { postbackId: _id, verdict, reason, hint, conversionId };
  }

  /** What a flood of refused requests leaves in the log has a bound. */
  private bounded(entry: LogEntry): LogEntry {
    const isRefused = entry.verdict === 'rejected' || entry.verdict === 'ignored';
    if (!isRefused || this.refused.take(entry.networkId, entrySizeBytes(entry), performance.now())) return entry;
    this.shortenedCount++;
    return shortened(entry);
  }

  private async newEntry(
    network: Network,
    request: IncomingPostback,
    { postbackId, receivedAt }: Arrival,
  ): Promise<LogEntry> {
    const { masking } = this.dialects.of(network);
    const query = maskRequestText(request.query, masking);
    const body = maskRequestText(request.body, masking);
    return {
      _id: postbackId,
      networkId: network._id,
      receivedAt,
      origin: request.origin ?? 'postback',
      method: request.method,
      path: request.path ?? PATHS[request.origin ?? 'postback'] + maskKey(network.key),
      query: query.text,
      body: body.text,
      headers: Object.entries(maskHeaders(request.headers, masking)).map(([name, value]) => ({ name, value })),
      ip: request.ip,
      ...UNJUDGED,
      attempts: [],
      expiresAt: await this.retention.expiryOf(network.workspaceId, receivedAt),
      ...((query.isCut || body.isCut) && { isIncomplete: true }),
      ...(request.signed && { signed: request.signed }),
    };
  }
}

/** @param known the entry before anything was found: its body may be incomplete for other reasons, which have a hint. */
function withCutNote(entry: LogEntry, known = entry): LogEntry {
  if (known.isIncomplete !== true) return entry;
  const note = 'It has more than is read: the log keeps its beginning only, and it cannot be run again.';
  return { ...entry, hint: [entry.hint, note].filter(Boolean).join(' ') };
}

const PATHS = { postback: '/postback/', pixel: '/pixel/' } as const;

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
