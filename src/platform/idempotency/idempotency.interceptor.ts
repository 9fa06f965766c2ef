import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { ProblemException } from '../http/problem.js';
import { isDuplicateKey } from '../mongo/mongo-errors.js';
import type { WorkspaceId } from '../tenancy/workspace-id.js';
import type { IdempotencyRecord } from './idempotency-record.schema.js';
import { IdempotencyRecordsRepository } from './idempotency-records.repository.js';
import { seal, unseal } from './seal.js';

const HEADER = 'idempotency-key';
const KEPT_MS = 24 * 3_600_000;
const RUNNING_MS = 60_000;

type AuthenticatedRequest = FastifyRequest & { user: { workspaceId: WorkspaceId } };

/**
 * A POST with an Idempotency-Key runs once: the same key and body gives the same answer for 24 hours, another body (or URL) is
 * refused, and while the first request runs so is the second. A request that failed may be sent again; so may one whose
 * process was killed on the way, after a minute, and only then can it run twice.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly records: IdempotencyRecordsRepository) {}

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
    const secret = request.headers.authorization ?? '';
    const id = hash(workspaceId, request.method, request.routeOptions.url ?? '', key);
    // The whole URL: what it names (which key is to be rotated?) is as much of the request as its body.
    const earlier = await this.claim(workspaceId, id, hash(request.url, JSON.stringify(request.body)));
    if (earlier !== undefined) {
      reply.header('idempotency-replayed', 'true');
      return this.open(earlier, secret);
    }
    let answer: object;
    try {
      answer = await lastValueFrom(next.handle());
    } catch (error) {
      await this.records.deleteById(workspaceId, id);
      throw error;
    }
    // It is created: should this fail, the record stays without an answer, and a repeat is refused for a while.
    await this.records.updateById(workspaceId, id, { $set: { answer: seal(JSON.stringify(answer), secret) } });
    return answer;
  }

  /** @returns the sealed answer of an earlier request, or `undefined` when it is for us to make one. */
  private async claim(workspaceId: WorkspaceId, id: string, bodyHash: string): Promise<string | undefined> {
    const now = Date.now();
    const runningUntil = new Date(now + RUNNING_MS);
    try {
      await this.records.insert(workspaceId, { _id: id, bodyHash, runningUntil, expiresAt: new Date(now + KEPT_MS) });
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
    if (earlier && (await this.takeOver(workspaceId, earlier, runningUntil))) return undefined;
    throw new ProblemException(
      'conflict',
      'The first request with this Idempotency-Key is still running; try again.',
      undefined,
      {
        'retry-after': '1',
      },
    );
  }

  /** From a request whose process was killed before it came to an end. */
  private async takeOver(workspaceId: WorkspaceId, earlier: IdempotencyRecord, runningUntil: Date): Promise<boolean> {
    if (earlier.runningUntil.getTime() > Date.now()) return false;
    const same = { _id: earlier._id, runningUntil: earlier.runningUntil };
    return (await this.records.updateOne(workspaceId, same, { $set: { runningUntil } })) !== undefined;
  }

  private open(sealed: string, secret: string): object {
    try {
      return JSON.parse(unseal(sealed, secret)) as object;
    } catch {
      throw new ProblemException(
        'idempotency_conflict',
        'This Idempotency-Key was used with another API key; use a new one.',
      );
    }
  }
}

function hash(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url');
}
