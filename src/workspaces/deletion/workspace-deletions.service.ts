import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Transactions } from '../../platform/mongo/transactions.js';
import { Ports } from '../../platform/ports/ports.service.js';
import { trustedWorkspaceId, type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { ApiKeysRepository } from '../api-keys/api-keys.repository.js';
import { AuditLog } from '../audit/audit-log.service.js';
import type { Caller } from '../caller.js';
import { WorkspaceContentsRepository } from '../workspace-contents.repository.js';
import { DELETION_STEPS } from '../workspaces.ports.js';
import { WorkspacesRepository } from '../workspaces.repository.js';
import type { WorkspaceDeletion } from './workspace-deletion.schema.js';
import { WorkspaceDeletionsRepository } from './workspace-deletions.repository.js';

const LOOK_EVERY_MS = 1_000;
/** Deleted links stay this long: an instance without Redis asks for changes and must find them. */
const BEGIN_AFTER_MS = 2_000;
const STEPS_PATIENCE_MS = 2_000;
/** Data that other processes or a spool held at the deletion is deleted after these times. */
const LOOK_AGAIN_AFTER_MS = [60_000, 3_600_000];
const MAX_PASSES = 20;
const KEYS = 'apiKeys';

// src/workspaces/deletion: deletes a workspace with all its data. Start here with `begin`; the background job does the rest.
// Modules add their part by a port, DELETION_STEPS in ../workspaces.ports.ts.

export interface DeletionProgress {
  workspaceId: WorkspaceId;
  /** Absent when no deletion was requested. */
  deletion: WorkspaceDeletion | undefined;
}

/**
 * Deletes a workspace with all its data. The deletion begins in the transaction that disables the workspace's keys. A process
 * works on it by lease, so that another one continues when a process is killed.
 */
@Injectable()
export class WorkspaceDeletions {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly keys: ApiKeysRepository,
    private readonly deletions: WorkspaceDeletionsRepository,
    private readonly contents: WorkspaceContentsRepository,
    private readonly ports: Ports,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    @Inject(LOGGER) private readonly logger: Logger,
    jobs: JobRunner,
  ) {
    jobs.register({ name: 'workspace-deletion', everyMs: LOOK_EVERY_MS, run: (run) => this.runAll(run) });
  }

  /** @param confirm must be the workspace's name. */
  async begin(caller: Caller, confirm: string): Promise<WorkspaceDeletion> {
    const { workspaceId } = caller;
    const deletion = await this.transactions.run(async (tx) => {
      const workspace = await this.workspaces.findById(workspaceId, tx);
      if (!workspace) throw ProblemException.notFound('workspace');
      if (workspace.isFirst) throw new ProblemException('conflict', 'The first workspace cannot be deleted.');
      if (workspace.name !== confirm) throw ProblemException.invalid(OTHER_NAME);
      const now = new Date();
      const closing = { $set: { deletingSince: now, keysChangedAt: now }, $unset: { demoOf: 1 } } as const;
      await this.workspaces.updateById(workspaceId, closing, tx);
      await this.keys.updateMany(workspaceId, {}, { $set: { isClosing: true } }, tx);
      const first = await this.workspaces.findFirst(tx);
      const event = { action: 'workspace.deleted', objectId: workspaceId, before: { name: workspace.name } };
      if (first) await this.audit.record({ ...caller, workspaceId: first._id }, event, tx);
      return this.deletions.insert(workspaceId, new Date(now.getTime() + BEGIN_AFTER_MS), tx);
    });
    // The job repeats steps that fail or take longer.
    const steps = this.runSteps(workspaceId).catch((error: unknown) => {
      this.logger.warn({ err: error, workspaceId }, 'a deleted workspace was not stopped at once; the job retries it');
    });
    await Promise.race([steps, sleep(STEPS_PATIENCE_MS, undefined, { ref: false })]);
    return deletion;
  }

  /** The progress of a deletion. The first workspace, the operator's, may read that of any workspace, also after its end. */
  async progress(caller: Caller, id: string): Promise<DeletionProgress> {
    const isOwn = id === 'current' || id === caller.workspaceId;
    const workspaceId = isOwn ? caller.workspaceId : trustedWorkspaceId(id);
    const isAllowed = isOwn || (await this.workspaces.findById(caller.workspaceId))?.isFirst === true;
    const deletion = isAllowed ? await this.deletions.find(workspaceId) : undefined;
    if (!isOwn && !deletion) throw ProblemException.notFound('deletion of a workspace');
    return { workspaceId, deletion };
  }

  private async runSteps(workspaceId: WorkspaceId): Promise<void> {
    for (const step of this.ports.list(DELETION_STEPS)) await step(workspaceId);
  }

  private async runAll(run: JobRun): Promise<void> {
    while (!run.isEnding) {
      const deletion = await this.deletions.claimNext();
      if (!deletion) return;
      await this.resume(deletion, run);
    }
  }

  private async resume({ _id: id, requestedAt, finishedAt }: WorkspaceDeletion, run: JobRun): Promise<void> {
    if (finishedAt === null) await this.runSteps(id);
    // Requests that were running at the beginning may still store data, so it repeats until a pass finds nothing.
    for (let pass = 1, isEmpty = false; !isEmpty; pass++) {
      const found = pass > MAX_PASSES ? undefined : await this.deleteContents(id, run);
      if (found === undefined) return; // another process has the lease, or this one is stopping; the deletion will be claimed again
      isEmpty = found === 0;
    }
    await this.workspaces.deleteById(id);
    await this.contents.deleteAll(id, KEYS, (count) => this.addDeleted(id, KEYS, count));
    const now = Date.now();
    const doneAt = finishedAt ?? new Date(now);
    const next = LOOK_AGAIN_AFTER_MS.map((ms) => doneAt.getTime() + ms).find((time) => time > now);
    const dueAt = next === undefined ? null : new Date(next);
    await this.deletions.release(id, { $set: { finishedAt: doneAt, dueAt } });
    this.logger.info({ workspaceId: id, requestedAt }, 'workspace deleted');
  }

  /** @returns the number of deleted documents; `undefined` when another process is to continue. */
  private async deleteContents(id: WorkspaceId, run: JobRun): Promise<number | undefined> {
    let found = 0;
    let isOurs = true;
    for (const collection of this.contents.collections()) {
      if (collection === KEYS) continue;
      found += await this.contents.deleteAll(id, collection, async (count) => {
        isOurs = (await this.addDeleted(id, collection, count)) && !run.isEnding;
        return isOurs;
      });
      if (!isOurs) return undefined;
    }
    return found;
  }

  private addDeleted(id: WorkspaceId, collection: string, count: number): Promise<boolean> {
    return this.deletions.extend(id, { $inc: { [`deleted.${collection}`]: count } });
  }
}

const OTHER_NAME = {
  path: 'confirm',
  code: 'other_name',
  message: 'give the exact name of the workspace to confirm the deletion',
};
