import { Injectable } from '@nestjs/common';
import type { Network } from '../networks/network.schema.js';
import { within } from '../platform/concurrency/within.js';
import { newId } from '../platform/ids/ids.js';
import { DatabaseTimeout, isUnavailable } from '../platform/mongo/mongo-errors.js';
import { MongoWatch } from '../platform/mongo/mongo-watch.service.js';
import { WorkspaceSettingsService } from '../workspaces/workspace-settings.service.js';
import {
  type Arrival,
  type IncomingPostback,
  type PostbackOutcome,
  PostbackReceiver,
  type Refusal,
} from './postback-receiver.service.js';
import { type GateFinding, PostbackGate } from './security/postback-gate.service.js';
import { PostbackMetrics } from './postback-metrics.service.js';
import { PostbackSpool } from './spool/postback-spool.service.js';

/** How long a network waits for a MongoDB that answers at all. */
const PATIENCE_MS = 15_000;
/** How long it must have been away until a network is told so: on a busy machine it seems to be at times. */
const AWAY_MS = 3_000;

const ADMITTED = { ok: true } as const;

/** Takes requests in: asks whether they are allowed, has them received, and spools them while MongoDB is away if so wished. */
@Injectable()
export class PostbackIntake {
  constructor(
    private readonly gate: PostbackGate,
    private readonly receiver: PostbackReceiver,
    private readonly spool: PostbackSpool,
    private readonly settings: WorkspaceSettingsService,
    private readonly mongo: MongoWatch,
    private readonly metrics: PostbackMetrics,
  ) {}

  /** @throws ProblemException 429 or 503. */
  async take(network: Network, incoming: IncomingPostback): Promise<PostbackOutcome> {
    this.gate.admit(network);
    const arrival = { postbackId: newId('pbk'), receivedAt: new Date() };
    const { receivedAt } = arrival;
    // What a network proves, a visitor's browser can not: a page is believed less instead (see the ledger).
    const isPage = incoming.origin === 'pixel';
    const permission: GateFinding = isPage ? ADMITTED : this.gate.check(network, incoming, receivedAt);
    const request = permission.ok && permission.signed ? { ...incoming, signed: permission.signed } : incoming;
    const receive = (): Promise<PostbackOutcome> =>
      permission.ok
        ? this.receiver.receive(network, request, arrival)
        : this.receiver.refuse(network, request, { reason: 'not_allowed', hint: permission.hint }, arrival);
    try {
      // Asked for each, so that they are known when MongoDB goes away. Spooled in doubt, answered 503 only when sure.
      const { postbacksWhenDown } = await this.settings.of(network.workspaceId);
      return await this.inTime(receive, postbacksWhenDown === 'spool' ? 0 : AWAY_MS);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      if (!permission.ok) return this.refused(arrival); // not logged: who may not post may not fill the disk either
      if ((await this.settings.of(network.workspaceId)).postbacksWhenDown !== 'spool') throw error;
      return this.keep(network, request, arrival);
    }
  }

  /** Logs a request that is not even to be read. @throws ProblemException 429. */
  async refuse(network: Network, request: IncomingPostback, refusal: Refusal): Promise<PostbackOutcome> {
    this.gate.admit(network);
    return this.inTime(() => this.receiver.refuse(network, request, refusal), AWAY_MS);
  }

  /**
   * @param awayMs how long MongoDB must have been away to be waited for no longer. What is under way then may be stored all
   * the same.
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
    working.catch(() => undefined); // nobody waits for it any more once patience has run out
    return within(PATIENCE_MS, working, () => new DatabaseTimeout(), isHopeful);
  }

  /** Under the id that it has: should it be stored already, it is not stored again. */
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
