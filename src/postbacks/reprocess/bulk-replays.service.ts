import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { firstIdAt, newId } from '../../platform/ids/ids.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { PostbackFilter } from '../log/postback-filter.js';
import { PostbackLogReader } from '../log/postback-log-reader.service.js';
import { BulkReplayRunner } from './bulk-replay-runner.service.js';
import type { BulkReplay } from './bulk-replay.schema.js';
import { BulkReplaysRepository } from './bulk-replays.repository.js';

const MAX_ENTRIES = 100_000;
/** Per workspace; each one runs up to 100,000 requests. */
const MAX_RUNNING = 5;
const KEPT_MS = 30 * 86_400_000;

/** Creates, reads and cancels bulk replays. */
@Injectable()
export class BulkReplays {
  constructor(
    private readonly replays: BulkReplaysRepository,
    private readonly log: PostbackLogReader,
    private readonly runner: BulkReplayRunner,
  ) {}

  async create(workspaceId: WorkspaceId, filter: PostbackFilter, dryRun: boolean): Promise<BulkReplay> {
    await this.assertBelowLimit(workspaceId);
    const total = await this.log.count(workspaceId, filter, MAX_ENTRIES + 1);
    if (total > MAX_ENTRIES) {
      const message = `it matches more than ${MAX_ENTRIES} requests: narrow it, for example with from and to`;
      throw ProblemException.invalid({ path: 'filter', code: 'too_many', message });
    }
    const now = new Date();
    const replay = await this.replays.insert(workspaceId, {
      _id: newId('rpl'),
      filter,
      dryRun,
      state: 'running',
      total,
      done: 0,
      counts: {},
      position: '',
      upTo: firstIdAt('pbk', new Date(now.getTime() + 1)),
      holder: null,
      leaseUntil: new Date(0),
      createdAt: now,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + KEPT_MS),
    });
    this.runner.wake();
    return replay;
  }

  /** @throws ProblemException 429 */
  private async assertBelowLimit(workspaceId: WorkspaceId): Promise<void> {
    // `leaseUntil` is given so that the index of running bulk replays is used.
    const running = { state: 'running', leaseUntil: { $gte: new Date(0) } } as const;
    if ((await this.replays.count(workspaceId, running, { limit: MAX_RUNNING })) < MAX_RUNNING) return;
    const detail = `This workspace has ${MAX_RUNNING} bulk replays that have not ended: wait for one, or cancel it.`;
    throw new ProblemException('too_many_requests', detail, undefined, { 'retry-after': '30' });
  }

  async read(workspaceId: WorkspaceId, id: string): Promise<BulkReplay> {
    const replay = await this.replays.findById(workspaceId, id);
    if (!replay) throw ProblemException.notFound('replay');
    return replay;
  }

  /** Entries that were run keep their result. A running batch may still complete. */
  async cancel(workspaceId: WorkspaceId, id: string): Promise<BulkReplay> {
    const changes = { $set: { state: 'cancelled', updatedAt: new Date() } } as const;
    const cancelled = await this.replays.updateOne(workspaceId, { _id: id, state: 'running' }, changes);
    return cancelled ?? this.read(workspaceId, id);
  }
}
