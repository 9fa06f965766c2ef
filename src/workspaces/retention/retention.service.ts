import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Ports } from '../../platform/ports/ports.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { settingsOf, type WorkspaceSettings } from '../settings/workspace-settings.js';
import { RETENTION_TASKS, type RetentionTask } from '../workspaces.ports.js';
import { AllWorkspaces } from './all-workspaces.read-model.js';

const EVERY_MS = 5 * 60_000;
const LEASE_MS = 120_000;
const DAY_MS = 86_400_000;

/** Removes old data of all workspaces, in one process at a time. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly workspaces: AllWorkspaces,
    private readonly audit: AuditLog,
    private readonly ports: Ports,
    @Inject(LOGGER) private readonly logger: Logger,
    jobs: JobRunner,
  ) {
    jobs.register({ name: 'retention', everyMs: EVERY_MS, leaseMs: LEASE_MS, run: (run) => this.runAll(run) });
  }

  /** Runs all tasks in all workspaces. */
  private async runAll(run: JobRun): Promise<void> {
    const canContinue = (): Promise<boolean> => run.canContinue();
    const deleteAudit: RetentionTask = (workspaceId, { retention }) =>
      this.audit.deleteBefore(workspaceId, new Date(Date.now() - retention.auditDays * DAY_MS));
    const tasks = [deleteAudit, ...this.ports.list(RETENTION_TASKS)];
    for (let after: WorkspaceId | undefined; ;) {
      if (!(await canContinue())) return;
      const workspaces = await this.workspaces.next(after);
      for (const workspace of workspaces) {
        if (!(await canContinue())) return;
        for (const task of tasks) await this.runTask(task, workspace._id, settingsOf(workspace), canContinue);
      }
      after = workspaces.at(-1)?._id;
      if (after === undefined) return;
    }
  }

  /** Logs a failure, so that it does not stop the other tasks and workspaces. */
  private async runTask(
    task: RetentionTask,
    workspaceId: WorkspaceId,
    settings: WorkspaceSettings,
    canContinue: () => Promise<boolean>,
  ): Promise<void> {
    try {
      await task(workspaceId, settings, canContinue);
    } catch (error) {
      this.logger.warn(
        { err: error, workspaceId },
        'old data of a workspace could not be removed; retrying in five minutes',
      );
    }
  }
}
