import { createHash, randomUUID } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { ProblemException } from '../http/problems/problem.js';
import { LOGGER } from '../logging/logger.js';
import { isDuplicateKey } from '../mongo/mongo-errors.js';
import type { WorkspaceId } from '../tenancy/workspace-id.js';
import type { IdempotencyRecord } from './idempotency-record.schema.js';
import { IdempotencyRecordsRepository } from './idempotency-records.repository.js';
import { seal, unseal } from '../secrets/sealed-text.js';

// Idempotency-Key: repeated requests run once. Start here; idempotent.decorator.ts marks a route, seal.ts encrypts stored
// answers.

const HEADER = 'idempotency-key';
const KEPT_MS = 24 * 3_600_000;

/** Lifetime of a claim without renewal, and the interval of renewals, in milliseconds. */
interface ClaimTimes {
  runningMs: number;
  renewEveryMs: number;
}

/** A request that runs under a key. */
interface Claim {
  id: string;
  holder: string;
}

/** As the guard leaves it. `credential` is the secret of the caller: an API key, or the token of a session. */
type AuthenticatedRequest = FastifyRequest & { user: { workspaceId: WorkspaceId }; credential?: string };

/**
 * Runs a POST with an Idempotency-Key once: the same key and body gives the same answer for 24 hours. Another body (or
 * URL) is refused, and so is a second request while the first one runs. A failed request may be repeated; so may one
 * whose process was killed, after a minute. A living process renews its claim, however long the request takes.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  /** Requests that run in this process. Needed because a renewal fails while MongoDB is unreachable. */
  private readonly running = new Map<string, string>();

  /** Tests shorten them. */
  protected readonly times: ClaimTimes = { runningMs: 60_000, renewEveryMs: 10_000 };

  constructor(
    private readonly records: IdempotencyRecordsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<object> {
    const http = context.switchToHttp();
    const request = http.getRequest<AuthenticatedRequest>();
    const key = request.headers[HEADER];
    return key === undefined ? next.handle() : from(this.runOnce(String(key), request, http.getResponse(), next));
  }

  private async runOnce(
    key: string,
    request: AuthenticatedRequest,
    reply: FastifyReply,
    next: CallHandler<object>,
  ): Promise<object> {
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw ProblemException.invalid({
        path: 'Idempotency-Key',
        code: 'idempotency_key',
        message: 'it has 1 to 255 visible ASCII characters',
      });
    }
    const { workspaceId } = request.user;
    const { credential: secret } = request;
    if (!secret) throw new Error('a route with an Idempotency-Key needs a caller with a secret');
    const id = hash(workspaceId, request.method, request.routeOptions.url ?? '', key);
    const holder = randomUUID();
    // The whole URL: its path and query (such as the key to rotate) are part of the request like its body.
    const bodyHash = hash(request.url, JSON.stringify(request.body));
    const earlier = await this.claim(workspaceId, { id, holder, bodyHash });
    if (earlier !== undefined) {
      reply.header('idempotency-replayed', 'true');
      return this.open(earlier, secret);
    }
    return this.whileRenewing(workspaceId, { id, holder }, () => this.run(workspaceId, { id, holder }, secret, next));
  }

  private async run(
    workspaceId: WorkspaceId,
    { id, holder }: Claim,
    secret: string,
    next: CallHandler<object>,
  ): Promise<object> {
    const own = { _id: id, holder };
    let answer: object;
    try {
      answer = await lastValueFrom(next.handle());
    } catch (error) {
      await this.records.deleteMany(workspaceId, own);
      throw error;
    }
    // The object exists now: if this write fails, the record has no answer, and a repeat is refused for a while.
    await this.records.updateOne(workspaceId, own, { $set: { answer: seal(JSON.stringify(answer), secret) } });
    return answer;
  }

  private async whileRenewing<T>(workspaceId: WorkspaceId, claim: Claim, work: () => Promise<T>): Promise<T> {
    const { id, holder } = claim;
    this.running.set(id, holder);
    const timer = setInterval(() => void this.renew(workspaceId, claim), this.times.renewEveryMs);
    timer.unref();
    try {
      return await work();
    } finally {
      clearInterval(timer);
      if (this.running.get(id) === holder) this.running.delete(id);
    }
  }

  private async renew(workspaceId: WorkspaceId, { id, holder }: Claim): Promise<void> {
    try {
      const runningUntil = new Date(Date.now() + this.times.runningMs);
      await this.records.updateOne(workspaceId, { _id: id, holder }, { $set: { runningUntil } });
    } catch (error) {
      this.logger.debug({ err: error }, 'the claim of an Idempotency-Key was not renewed; retrying');
    }
  }

  /** @returns the sealed answer of an earlier request, or `undefined` when this request has to run. */
  private async claim(
    workspaceId: WorkspaceId,
    { id, holder, bodyHash }: Claim & { bodyHash: string },
  ): Promise<string | undefined> {
    const now = Date.now();
    const runningUntil = new Date(now + this.times.runningMs);
    const expiresAt = new Date(now + KEPT_MS);
    try {
      await this.records.insert(workspaceId, { _id: id, holder, bodyHash, runningUntil, expiresAt });
      return undefined;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const earlier = await this.records.findById(workspaceId, id);
    if (earlier && earlier.bodyHash !== bodyHash) {
      throw new ProblemException(
        'idempotency_conflict',
        'Use a new Idempotency-Key for a new request; this one came with another body or URL.',
      );
    }
    if (earlier?.answer !== undefined) return earlier.answer;
    if (earlier && (await this.takeOver(workspaceId, earlier, { holder, runningUntil }))) return undefined;
    throw new ProblemException(
      'conflict',
      'The first request with this Idempotency-Key is still running; try again.',
      undefined,
      {
        'retry-after': '1',
      },
    );
  }

  /** Takes over the claim of a request whose process was killed. */
  private async takeOver(
    workspaceId: WorkspaceId,
    earlier: IdempotencyRecord,
    claim: Pick<IdempotencyRecord, 'holder' | 'runningUntil'>,
  ): Promise<boolean> {
    if (this.running.has(earlier._id) || earlier.runningUntil.getTime() > Date.now()) return false;
    const same = { _id: earlier._id, runningUntil: earlier.runningUntil, answer: { $exists: false } };
    return (await this.records.updateOne(workspaceId, same, { $set: claim })) !== undefined;
  }

  private open(sealed: string, secret: string): object {
    try {
      return JSON.parse(unseal(sealed, secret)) as object;
    } catch {
      throw new ProblemException(
        'idempotency_conflict',
        'This Idempotency-Key was used with another API key or session; use a new one.',
      );
    }
  }
}

function hash(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url');
}
