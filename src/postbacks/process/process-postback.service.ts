import { Injectable } from '@nestjs/common';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { withTimeout } from '../../platform/concurrency/with-timeout.js';
import { DatabaseTimeout, isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import { trustedWorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import { PostbackMetrics } from '../postback-metrics.service.js';
import type { PostbackOrigin } from '../postback.schema.js';
import type { ParametersReading } from '../rules/reading/parameters.js';
import { type GateFinding, PostbackGate } from '../security/postback-gate.service.js';
import { NeverApplicable } from '../spool/postback-drainer.js';
import { PostbackSpool } from '../spool/postback-spool.service.js';
import type { SpooledPostback } from '../spool/spooled-postback.js';
import {
  type Arrival,
  type IncomingPostback,
  newArrival,
  type PostbackOutcome,
  type Refusal,
  toOutcome,
} from './incoming-postback.js';
import { LogEntries, withCutNote } from './log-entries.service.js';
import type { LogEntry, PostbackWrite } from './log-entry.js';
import { PostbackAttribution } from './postback-attribution.service.js';
import { PostbackInterpreter, readRequest } from './postback-interpreter.service.js';
import { PostbackWriter } from './postback-writer.service.js';

/** How long a network waits while MongoDB is slow but answers. */
const PATIENCE_MS = 15_000;
/** How long MongoDB must be away before a network gets a 503. On a busy machine, it may seem to be away for a moment. */
const AWAY_MS = 3_000;

const ADMITTED = { ok: true } as const;

/** A request with its parameters, which are read when first needed, and only once. */
interface ReadableRequest {
  request: IncomingPostback;
  parameters: () => ParametersReading;
}

/**
 * The request flow of a postback: 1 admit, 2 interpret, 3 attribute, 4 write, 5 answer. Start reading at `process`.
 * Callers: receive/ and pixel/ for requests, spool/ for postbacks that waited for MongoDB. reprocess/ runs steps 2 to 5 again
 * for log entries.
 */
@Injectable()
export class ProcessPostback {
  constructor(
    private readonly gate: PostbackGate,
    private readonly entries: LogEntries,
    private readonly interpreter: PostbackInterpreter,
    private readonly attribution: PostbackAttribution,
    private readonly writer: PostbackWriter,
    private readonly spool: PostbackSpool,
    private readonly networks: NetworksService,
    private readonly settings: WorkspaceSettingsService,
    private readonly mongo: MongoHealth,
    private readonly metrics: PostbackMetrics,
  ) {}

  /** @throws ProblemException 429 or 503. */
  async process(network: Network, incoming: IncomingPostback): Promise<PostbackOutcome> {
    // 1. Admit: the rate first, because a flood must cost almost nothing; then address, token and signature.
    this.gate.admit(network);
    const arrival = newArrival();
    const parameters = once(() => readRequest(network, incoming));
    const permission = this.permissionOf(network, { request: incoming, parameters }, arrival);
    const request = permission.ok && permission.signed ? { ...incoming, signed: permission.signed } : incoming;
    const readable = { request, parameters };
    try {
      // Read for each postback, so that the settings are cached when MongoDB goes away. Spooling starts at once, 503 only later.
      const { postbacksWhenDown } = await this.settings.of(network.workspaceId);
      const steps = (): Promise<PostbackOutcome> =>
        permission.ok
          ? this.apply(network, readable, arrival, 'new')
          : this.log(network, readable, { reason: 'not_allowed', hint: permission.hint }, arrival);
      return await this.inTime(steps, postbacksWhenDown === 'spool' ? 0 : AWAY_MS);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      if (!permission.ok) return this.refused(arrival); // not logged: a sender without permission must not fill the disk
      if ((await this.settings.of(network.workspaceId)).postbacksWhenDown !== 'spool') throw error;
      return this.keep(network, request, arrival);
    }
  }

  /** Logs a request that is not applied. @throws ProblemException 429. */
  async refuse(network: Network, request: IncomingPostback, refusal: Refusal): Promise<PostbackOutcome> {
    this.gate.admit(network);
    const readable = { request, parameters: once(() => readRequest(network, request)) };
    return this.inTime(() => this.log(network, readable, refusal, newArrival()), AWAY_MS);
  }

  /** Applies a postback that was admitted earlier, unless the log already has it. @throws NeverApplicable if its network was deleted. */
  async processSpooled(postback: SpooledPostback): Promise<void> {
    const { postbackId, receivedAt, networkId, workspaceId, origin, ...raw } = postback;
    const network = await this.networks.find(trustedWorkspaceId(workspaceId), networkId);
    if (network === undefined) throw new NeverApplicable('the network of this postback was deleted');
    const request = { ...raw, origin: origin as PostbackOrigin };
    const parameters = once(() => readRequest(network, request));
    await this.apply(network, { request, parameters }, { postbackId, receivedAt }, 'spooled');
  }

  /** Steps 2 to 5. */
  private async apply(
    network: Network,
    { request, parameters }: ReadableRequest,
    arrival: Arrival,
    mode: 'new' | 'spooled',
  ): Promise<PostbackOutcome> {
    const entry = await this.entries.create(network, request, arrival);
    // 2. Interpret: from parameters to an event, by the network's mapping.
    const interpretation = this.interpreter.interpret(network, parameters(), entry.origin);
    // 3. Attribute: the click id names its link; a test, a forged id or a late event changes no conversion.
    const { finding, event } = await this.attribution.attribute(network, interpretation, entry);
    // 4. Write: conversions, counters and the log entry, in one transaction.
    const stored = await this.write(network, { entry: withCutNote({ ...entry, ...finding }), event, mode });
    // 5. Answer from the stored entry, which may be that of an earlier attempt.
    return toOutcome(stored);
  }

  /** Logs a request that is not applied. Of its parameters, only the click id is read. */
  private async log(
    network: Network,
    { request, parameters }: ReadableRequest,
    { verdict = 'rejected', reason, hint, isIncomplete }: Refusal,
    arrival: Arrival,
  ): Promise<PostbackOutcome> {
    const known = await this.entries.create(network, request, arrival);
    const clickId = this.interpreter.clickIdOf(network, parameters(), known.origin);
    const finding = { verdict, reason, hint, clickId, ...(isIncomplete && { isIncomplete }) };
    const entry = withCutNote({ ...known, ...finding }, known);
    return toOutcome(await this.write(network, { entry, event: null, mode: 'new' }));
  }

  private async write({ workspaceId }: Network, write: PostbackWrite): Promise<LogEntry> {
    const bounded = write.event === null ? { ...write, entry: this.entries.bounded(write.entry) } : write;
    const stored = await this.writer.write(workspaceId, bounded);
    this.metrics.postbacks.inc({ verdict: stored.verdict, reason: stored.reason ?? '' });
    return stored;
  }

  /** A web page cannot prove its requests, so it is always admitted and trusted less (see `withPageTrust`). */
  private permissionOf(
    network: Network,
    { request, parameters }: ReadableRequest,
    { receivedAt }: Arrival,
  ): GateFinding {
    if (request.origin === 'pixel') return ADMITTED;
    return this.gate.check(network, { ip: request.ip, parameters }, receivedAt);
  }

  /**
   * @param awayMs the work is given up when MongoDB has been away this long. It may still be stored later.
   * @throws DatabaseTimeout
   */
  private async inTime<T>(work: () => Promise<T>, awayMs: number): Promise<T> {
    let lastSeenAt = Date.now();
    const isHopeful = (): boolean => {
      if (this.mongo.isAnswering) lastSeenAt = Date.now();
      return this.mongo.isAnswering || Date.now() - lastSeenAt < awayMs;
    };
    if (!isHopeful()) throw new DatabaseTimeout();
    const working = work();
    working.catch(() => undefined); // it may fail after the timeout
    return withTimeout(PATIENCE_MS, working, () => new DatabaseTimeout(), isHopeful);
  }

  /** Spools the request under its id. If it was stored before, it is not stored again. */
  private async keep(network: Network, request: IncomingPostback, arrival: Arrival): Promise<PostbackOutcome> {
    const { _id: networkId, workspaceId } = network;
    const { origin = 'postback', ...raw } = request;
    await this.spool.append({ ...arrival, ...raw, networkId, workspaceId, origin });
    this.metrics.postbacks.inc({ verdict: 'accepted', reason: 'spooled' });
    const { postbackId } = arrival;
    return { postbackId, verdict: 'accepted', reason: 'spooled', hint: null, conversionId: null };
  }

  private refused({ postbackId }: Arrival): PostbackOutcome {
    this.metrics.postbacks.inc({ verdict: 'rejected', reason: 'not_allowed' });
    return { postbackId, verdict: 'rejected', reason: 'not_allowed', hint: null, conversionId: null };
  }
}

function once<T>(work: () => T): () => T {
  let done: { result: T } | undefined;
  return () => (done ??= { result: work() }).result;
}
