import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import { Ports } from '../../platform/ports/ports.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Caller } from '../../workspaces/caller.js';
import { ClickIdService } from '../click-id.service.js';
import { ERASURE_STEPS, FIND_LINK_OWNER } from '../clicks.ports.js';
import { ClicksRepository } from '../clicks.repository.js';
import { ClickErasuresRepository } from './click-erasures.repository.js';
import type { ClickErasure } from './click-erasure.schema.js';
import { ClickErasureQueue } from './click-erasure-queue.repository.js';

const LOOK_EVERY_MS = 2_000;
/** A stored click is erased twice: a conversion may be copying its data during the first erasure. */
const AGAIN_AFTER_MS = 60_000;
const MAX_WAIT_MS = 3_600_000;
const KEPT_MS = 90 * 86_400_000;

// src/clicks/erasure: erases clicks by their click id. Start here; the queue holds erasures that are repeated later.

interface ErasedClick {
  isStored: boolean;
  wasErased: boolean;
}

/**
 * Erases the personal data of a click: at once when the click is stored, otherwise as soon as it is. The click and all
 * counters stay.
 */
@Injectable()
export class ClickErasures {
  constructor(
    private readonly clickIds: ClickIdService,
    private readonly clicks: ClicksRepository,
    private readonly erasures: ClickErasuresRepository,
    private readonly queue: ClickErasureQueue,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly ports: Ports,
    jobs: JobRunner,
  ) {
    jobs.register({ name: 'click-erasure', everyMs: LOOK_EVERY_MS, run: (run) => this.eraseDue(run) });
  }

  /** Idempotent. @throws ProblemException when the workspace has no such click. */
  async erase(caller: Caller, clickId: string): Promise<void> {
    const { workspaceId } = caller;
    if (!(await this.isOwn(workspaceId, clickId))) throw ProblemException.notFound('click');
    await this.transactions.run(async (tx) => {
      const isKnown = (await this.erasures.findById(workspaceId, clickId, tx)) !== undefined;
      const { isStored } = await this.apply(workspaceId, clickId, tx);
      if (isKnown) return;
      const now = Date.now();
      const dueAt = new Date(now + (isStored ? AGAIN_AFTER_MS : LOOK_EVERY_MS));
      const erasure = { _id: clickId, requestedAt: new Date(now), dueAt, expiresAt: new Date(now + KEPT_MS) };
      await this.erasures.insert(workspaceId, erasure, tx);
      await this.audit.record(caller, { action: 'click.erased', objectId: clickId }, tx);
    });
  }

  private async isOwn(workspaceId: WorkspaceId, clickId: string): Promise<boolean> {
    const reading = this.clickIds.read(clickId);
    if (!reading.ok) return false;
    if (await this.clicks.findById(workspaceId, clickId)) return true;
    const findOwner = this.ports.get(FIND_LINK_OWNER);
    return (await findOwner(reading.facts.linkNumber)) === workspaceId;
  }

  /** @returns whether the click is stored, and whether it was erased before. */
  private async apply(workspaceId: WorkspaceId, clickId: string, tx: Transaction): Promise<ErasedClick> {
    const nothing = {
      ip: '',
      isIpFull: '',
      language: '',
      referrer: '',
      referrerHost: '',
      region: '',
      city: '',
      asn: '',
    };
    const erased = {
      $set: { userAgent: '', query: [], subs: {}, visitorKey: `erased:${clickId}`, erasedAt: new Date() },
      $unset: nothing,
    };
    const before = await this.clicks.findById(workspaceId, clickId, tx);
    await this.clicks.updateById(workspaceId, clickId, erased as never, tx);
    for (const step of this.ports.list(ERASURE_STEPS)) await step(workspaceId, clickId, tx);
    return { isStored: before !== undefined, wasErased: before?.erasedAt !== undefined };
  }

  private async eraseDue(run: JobRun): Promise<void> {
    while (!run.isEnding) {
      const erasure = await this.queue.claimNext();
      if (erasure === undefined) return;
      await this.eraseAgain(erasure);
    }
  }

  private async eraseAgain({ _id, workspaceId, requestedAt }: ClickErasure): Promise<void> {
    const now = Date.now();
    await this.transactions.run(async (tx) => {
      const { isStored, wasErased } = await this.apply(workspaceId, _id, tx);
      const age = now - requestedAt.getTime();
      // The first erasure of a stored click is not the last one, however late the click was stored.
      const wait = isStored ? AGAIN_AFTER_MS : Math.min(LOOK_EVERY_MS + age / 10, MAX_WAIT_MS);
      const dueAt = wasErased ? null : new Date(now + wait);
      await this.erasures.updateById(workspaceId, _id, { $set: { dueAt } }, tx);
    });
  }
}
