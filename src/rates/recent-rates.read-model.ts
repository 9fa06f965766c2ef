import type { Connection } from 'mongoose';
import { settingsOf } from '../workspaces/settings/workspace-settings.js';
import { Workspace } from '../workspaces/workspace.schema.js';
import { StoredRateDay } from './rate-day.schema.js';
import { dayOf, MAX_RATE_AGE_DAYS, type RateDay } from './rules/rate-days.js';
import { RecentRates } from './rules/recent-rates.js';

const DAY_MS = 86_400_000;
/** Clicks wait in the spool for a few days at most: an outage longer than this one converts by no rate. */
const WAITING_DAYS = 7;

/** Crosses workspaces on purpose: a group of clicks belongs to many workspaces. For a connection outside Nest. */
export class RecentRatesReadModel {
  constructor(private readonly connection: Connection) {}

  /** Unknown workspaces are absent. */
  async read(ids: readonly string[]): Promise<Map<string, RecentRates>> {
    const first = dayOf(new Date(Date.now() - (MAX_RATE_AGE_DAYS + WAITING_DAYS) * DAY_MS));
    const [workspaces, rows] = await Promise.all([
      this.connection
        .model<Workspace>(Workspace.name)
        .find({ _id: { $in: [...ids] } } as never)
        .lean<Workspace[]>()
        .exec(),
      this.connection
        .model<StoredRateDay>(StoredRateDay.name)
        .find({ workspaceId: { $in: [...ids] }, day: { $gte: first } } as never)
        .lean<StoredRateDay[]>()
        .exec(),
    ]);
    const days = new Map<string, RateDay[]>(ids.map((id) => [id, []]));
    for (const { workspaceId, day, rates } of rows) days.get(workspaceId)?.push({ day, rates });
    return new Map(
      workspaces.map((workspace) => [
        workspace._id,
        new RecentRates(settingsOf(workspace).currency, days.get(workspace._id) ?? []),
      ]),
    );
  }
}
