import { randomUUID } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { Ticker } from '../../platform/concurrency/ticker.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Leases } from '../../platform/mongo/leases.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { settingsOf, type WorkspaceSettings } from '../workspace-settings.js';
import { AllWorkspaces } from './all-workspaces.read-model.js';

const EVERY_MS = 5 * 60_000;
const LEASE_MS = 120_000;
/** The lease is prolonged that often, however small the pieces are. */
const PROLONG_MS = 20_000;
const DAY_MS = 86_400_000;

/**
 * What has to be done in each workspace now and then. It does its work in pieces, asks `goOn` between them, and can be begun
 * again at any time.
 */
export type UpkeepTask = (
  workspaceId: WorkspaceId,
  settings: WorkspaceSettings,
  goOn: () => Promise<boolean>,
) => Promise<void>;

/** Clears away what has become old, in all workspaces, in one process at a time. */
@Injectable()
export class WorkspaceUpkeep implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly tasks: UpkeepTask[] = [];
  private readonly ticker = new Ticker(
    EVERY_MS,
    () => this.run(),
    (error) => this.logger.warn({ err: error }, 'clearing away what is old was interrupted; it is tried again'),
  );

  constructor(
    private readonly workspaces: AllWorkspaces,
    private readonly leases: Leases,
    private readonly audit: AuditLog,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.add((workspaceId, { retention }) =>
      this.audit.forgetBefore(workspaceId, new Date(Date.now() - retention.auditDays * DAY_MS)),
    );
  }

  onApplicationBootstrap(): void {
    this.ticker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.ticker.stop();
  }

  add(task: UpkeepTask): void {
    this.tasks.push(task);
  }

  /** One round through all workspaces, unless another process is at it. */
  async run(): Promise<void> {
    let takenAt = 0;
    const goOn = async (): Promise<boolean> => {
      if (this.ticker.isEnding) return false;
      if (Date.now() - takenAt < PROLONG_MS) return true;
      takenAt = Date.now();
      return this.leases.take('workspace-upkeep', this.holder, LEASE_MS);
    };
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

  /** What fails in one workspace does not keep others waiting. */
  private async doOne(
    task: UpkeepTask,
    workspaceId: WorkspaceId,
    settings: WorkspaceSettings,
    goOn: () => Promise<boolean>,
  ): Promise<void> {
    try {
      await task(workspaceId, settings, goOn);
    } catch (error) {
      this.logger.warn({ err: error, workspaceId }, 'what is old in a workspace could not be cleared away');
    }
  }
}
