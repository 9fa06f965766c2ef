import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { WorkspaceSettings } from '../../workspaces/workspace-settings.js';
import { WorkspaceUpkeep } from '../../workspaces/upkeep/workspace-upkeep.service.js';
import { ClicksRepository } from '../clicks.repository.js';
import { truncateAddress } from '../../platform/net/truncate-address.js';
import { ClickUpkeepsRepository } from './click-upkeeps.repository.js';

const BATCH = 1_000;
const DAY_MS = 86_400_000;
/** Looked through again each time: a click may be stored after those that came later. One that comes later still is truncated when it is stored. */
const OVERLAP_MS = 5 * 60_000;
const FIELDS = ['_id', 'workspaceId', 'at', 'ip', 'isIpFull'] as const;

type GoOn = () => Promise<boolean>;

/**
 * Truncates addresses that were kept long enough, and deletes clicks that were. Both walk along the index that clicks have anyhow
 * ({ workspaceId, at }): one of their own would have to be written for each click.
 */
@Injectable()
export class ClickUpkeep implements OnModuleInit {
  constructor(
    private readonly clicks: ClicksRepository,
    private readonly positions: ClickUpkeepsRepository,
    private readonly upkeep: WorkspaceUpkeep,
  ) {}

  onModuleInit(): void {
    this.upkeep.add((workspaceId, settings, goOn) => this.truncate(workspaceId, settings, goOn));
    this.upkeep.add((workspaceId, settings, goOn) => this.deleteOld(workspaceId, settings, goOn));
  }

  private async truncate(workspaceId: WorkspaceId, { privacy }: WorkspaceSettings, goOn: GoOn): Promise<void> {
    const cutoff = new Date(Date.now() - privacy.ipDays * DAY_MS);
    const reached = await this.positions.truncatedUntil(workspaceId);
    let from = new Date(Math.max(0, reached.getTime() - OVERLAP_MS));
    while (from < cutoff && (await goOn())) {
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
    goOn: GoOn,
  ): Promise<void> {
    if (clickDays === null) return;
    const old = { at: { $lt: new Date(Date.now() - clickDays * DAY_MS) } };
    const options = { sort: { at: 1 }, limit: BATCH, fields: ['_id'] } as const;
    while (await goOn()) {
      const clicks = await this.clicks.findMany(workspaceId, old, undefined, options);
      if (clicks.length === 0) return;
      await this.clicks.deleteMany(workspaceId, { _id: { $in: clicks.map(({ _id }) => _id) } });
    }
  }
}
