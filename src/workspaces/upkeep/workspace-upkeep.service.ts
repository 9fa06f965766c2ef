import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { LOGGER } from '../../platform/logging/logger.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { settingsOf, type WorkspaceSettings } from '../workspace-settings.js';
import { AllWorkspaces } from './all-workspaces.read-model.js';

const EVERY_MS = 5 * 60_000;
const LEASE_MS = 120_000;
const DAY_MS = 86_400_000;

/**
 * Removes old data of one workspace. It works in small pieces, asks `goOn` between them, and can be begun again at any time.
 */
export type UpkeepTask = (
  workspaceId: WorkspaceId,
  settings: WorkspaceSettings,
  goOn: () => Promise<boolean>,
) => Promise<void>;

/** Removes old data of all workspaces, in one process at a time. */
@Injectable()
export class WorkspaceUpkeep implements OnModuleInit {
  private readonly tasks: UpkeepTask[] = [];

  constructor(
    private readonly workspaces: AllWorkspaces,
    private readonly audit: AuditLog,
    @Inject(LOGGER) private readonly logger: Logger,
    jobs: JobRunner,
  ) {
    jobs.register({ name: 'retention', everyMs: EVERY_MS, leaseMs: LEASE_MS, run: (run) => this.visitAll(run) });
  }

  onModuleInit(): void {
    this.add((workspaceId, { retention }) =>
      this.audit.forgetBefore(workspaceId, new Date(Date.now() - retention.auditDays * DAY_MS)),
    );
  }

  add(task: UpkeepTask): void {
    this.tasks.push(task);
  }

  /** Runs all tasks in all workspaces. */
  private async visitAll(run: JobRun): Promise<void> {
    const goOn = (): Promise<boolean> => run.canContinue();
    for (let after: WorkspaceId | undefined; ;) {
      if (!(await goOn())) return;
      const workspaces = await this.workspaces.next(after);
      for (const workspace of workspaces) {
        if (!(await goOn())) return;
        for (const task of this.tasks) await this.doOne(task, workspace._id, settingsOf(workspace), goOn);
      }
      after = workspaces.at(-1)?._id;
      if (after === undefined) return;
    }
  }

  /** A failure in one workspace does not keep the others waiting. */
  private async doOne(
    task: UpkeepTask,
    workspaceId: WorkspaceId,
    settings: WorkspaceSettings,
    goOn: () => Promise<boolean>,
  ): Promise<void> {
    try {
      await task(workspaceId, settings, goOn);
    } catch (error) {
      this.logger.warn(
        { err: error, workspaceId },
        'old data of a workspace could not be removed; it is tried again in five minutes',
      );
    }
  }
}
