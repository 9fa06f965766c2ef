import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Network } from '../networks/network.schema.js';
import { NetworksService } from '../networks/networks.service.js';
import { newId } from '../platform/ids/ids.js';
import { Metrics } from '../platform/metrics/metrics.js';
import type { Notice } from '../platform/vocabulary/notice.js';
import { trustedWorkspaceId } from '../platform/tenancy/workspace-id.js';
import { maskHeaders, maskKey, maskParameters } from './masking.js';
import { NetworkDialects } from './network-dialects.service.js';
import { type LogEntry, type LogJob, PostbackLog } from './postback-log.service.js';
import type { Postback, PostbackOrigin, Verdict } from './postback.schema.js';
import { type JudgeOptions, PostbackJudge } from './postback-judge.service.js';
import { PostbackRetention } from './postback-retention.service.js';
import { contentTypeOf } from './debugger/read-back.js';
import { NeverApplicable } from './spool/postback-drainer.js';
import { PostbackSpool } from './spool/postback-spool.service.js';
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
  constructor(
    private readonly judge: PostbackJudge,
    private readonly log: PostbackLog,
    private readonly metrics: Metrics,
    private readonly networks: NetworksService,
    private readonly spool: PostbackSpool,
    private readonly dialects: NetworkDialects,
    private readonly retention: PostbackRetention,
  ) {}

  onModuleInit(): void {
    this.spool.applyWith((postback) => this.applySpooled(postback));
  }

  async receive(network: Network, request: IncomingPostback, arrival: Arrival): Promise<PostbackOutcome> {
    const entry = await this.newEntry(network, request, arrival);
    const { finding, event } = await this.judge.judge(network, request, entry);
    return this.store(network, { entry: { ...entry, ...finding }, event, mode: 'new' });
  }

  /** Does nothing when it is in the log already. @throws NeverApplicable when its network is gone. */
  async applySpooled(postback: SpooledPostback): Promise<void> {
    const { postbackId, receivedAt, networkId, workspaceId, origin, ...raw } = postback;
    const network = await this.networks.find(trustedWorkspaceId(workspaceId), networkId);
    if (network === undefined) throw new NeverApplicable('the network of this postback was deleted');
    const request = { ...raw, origin: origin as PostbackOrigin };
    const entry = await this.newEntry(network, request, { postbackId, receivedAt });
    const { finding, event } = await this.judge.judge(network, request, entry);
    await this.store(network, { entry: { ...entry, ...finding }, event, mode: 'spooled' });
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
    const entry = { ...known, ...this.judge.clickOf(network, request, known), ...finding };
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

  private async newEntry(
    network: Network,
    request: IncomingPostback,
    { postbackId, receivedAt }: Arrival,
  ): Promise<LogEntry> {
    const { masking } = this.dialects.of(network);
    return {
      _id: postbackId,
      networkId: network._id,
      receivedAt,
      origin: request.origin ?? 'postback',
      method: request.method,
      path: request.path ?? PATHS[request.origin ?? 'postback'] + maskKey(network.key),
      query: maskParameters(request.query, masking),
      body: maskParameters(request.body, masking),
      headers: Object.entries(maskHeaders(request.headers, masking)).map(([name, value]) => ({ name, value })),
      ip: request.ip,
      ...UNJUDGED,
      attempts: [],
      expiresAt: await this.retention.expiryOf(network.workspaceId, receivedAt),
    };
  }
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
