import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { WorkspaceSettings } from '../../workspaces/settings/workspace-settings.js';
import { RETENTION_TASKS } from '../../workspaces/workspaces.ports.js';
import { Ports } from '../../platform/ports/ports.service.js';
import { ClicksRepository } from '../clicks.repository.js';
import { truncateAddress } from '../../platform/net/truncate-address.js';
import { ClickRetentionsRepository } from './click-retentions.repository.js';

const BATCH = 1_000;
const DAY_MS = 86_400_000;
/** Read again each time, as clicks are not stored in order. A click that is stored even later is truncated when it is stored. */
const OVERLAP_MS = 5 * 60_000;
const FIELDS = ['_id', 'workspaceId', 'at', 'ip', 'isIpFull'] as const;

type CanContinue = () => Promise<boolean>;

/**
 * Truncates addresses and deletes clicks whose retention time has passed. Both use the index { workspaceId, at }, which
 * exists for the export; another index would have to be written for each click.
 */
@Injectable()
export class ClickRetention {
  constructor(
    private readonly clicks: ClicksRepository,
    private readonly positions: ClickRetentionsRepository,
    ports: Ports,
  ) {
    ports.add(RETENTION_TASKS, 'click addresses', (...task) => this.truncate(...task));
    ports.add(RETENTION_TASKS, 'clicks', (...task) => this.deleteOld(...task));
  }

  private async truncate(
    workspaceId: WorkspaceId,
    { privacy }: WorkspaceSettings,
    canContinue: CanContinue,
  ): Promise<void> {
    const cutoff = new Date(Date.now() - privacy.ipDays * DAY_MS);
    const reached = await this.positions.getTruncatedUntil(workspaceId);
    let from = new Date(Math.max(0, reached.getTime() - OVERLAP_MS));
    while (from < cutoff && (await canContinue())) {
      const due = { at: { $gte: from, $lt: cutoff }, isIpFull: true as const };
      const options = { sort: { at: 1 }, limit: BATCH, fields: FIELDS } as const;
      const clicks = await this.clicks.findMany(workspaceId, due, undefined, options);
      const changes = clicks.map((before) => ({
        before,
        after: {
          ...before,
          ip: privacy.ipDays === 0 ? undefined : truncateAddress(before.ip ?? ''),
          isIpFull: undefined,
        },
      }));
      await this.clicks.saveMany(workspaceId, { inserts: [], changes: changes as never[] });
      from = clicks.length < BATCH ? cutoff : (clicks.at(-1)?.at ?? cutoff);
      if (from > reached) await this.positions.moveTo(workspaceId, from);
    }
  }

  private async deleteOld(
    workspaceId: WorkspaceId,
    { retention: { clickDays } }: WorkspaceSettings,
    canContinue: CanContinue,
  ): Promise<void> {
    if (clickDays === null) return;
    const old = { at: { $lt: new Date(Date.now() - clickDays * DAY_MS) } };
    const options = { sort: { at: 1 }, limit: BATCH, fields: ['_id'] } as const;
    while (await canContinue()) {
      const clicks = await this.clicks.findMany(workspaceId, old, undefined, options);
      if (clicks.length === 0) return;
      await this.clicks.deleteMany(workspaceId, { _id: { $in: clicks.map(({ _id }) => _id) } });
    }
  }
}
