import { Injectable } from '@nestjs/common';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Postback } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { countsOf, resumedRerun } from '../rules/mapping-effect.js';
import type { MappingChange } from './mapping-change.schema.js';
import { MappingChangesRepository } from './mapping-changes.repository.js';

const MAX_COUNTED = 100_000;

/** The mapping changes that a rematch run is for. */
export interface RerunOf {
  workspaceId: WorkspaceId;
  networkId: string;
  /** The change of the network that the run is for. It also covers the earlier ones. */
  dialectChangedAt: Date;
}

/** Stores the progress of rematch runs in the mapping changes that wait for them. */
@Injectable()
export class RerunProgress {
  constructor(
    private readonly changes: MappingChangesRepository,
    private readonly postbacks: PostbacksRepository,
  ) {}

  /**
   * Ends the undo of the changes that this run is for. Must be called before the network is read: an undo that was stored
   * earlier is then seen, and no later one is possible.
   * @returns false if there are none, so that no progress needs to be stored.
   */
  async begin(run: RerunOf): Promise<boolean> {
    const { workspaceId, networkId, dialectChangedAt } = run;
    const now = new Date();
    const undoable = { networkId, state: 'undoable', dialectChangedAt: { $lte: dialectChangedAt } } as const;
    await this.changes.updateMany(workspaceId, undoable, { $set: { state: 'running', updatedAt: now } });
    const running = await this.changes.findMany(workspaceId, runningOf(run));
    if (running.length === 0) return false;
    const waiting = { networkId, waitsUntil: { $gt: now } } as Within<Postback>;
    const count = await this.postbacks.count(workspaceId, waiting, { limit: MAX_COUNTED });
    for (const { _id, rerun } of running) {
      const $set = { rerun: resumedRerun(rerun, count), updatedAt: now };
      await this.changes.updateById(workspaceId, _id, { $set });
    }
    return true;
  }

  async add(run: RerunOf, verdicts: readonly string[]): Promise<void> {
    const counts = Object.entries(countsOf(verdicts));
    const added = Object.fromEntries(counts.map(([verdict, count]) => [`rerun.counts.${verdict}`, count]));
    const $inc = { 'rerun.done': verdicts.length, ...added };
    await this.changes.updateMany(run.workspaceId, runningOf(run), { $inc, $set: { updatedAt: new Date() } });
  }

  async end(run: RerunOf): Promise<void> {
    const $set = { state: 'done', updatedAt: new Date() } as const;
    await this.changes.updateMany(run.workspaceId, runningOf(run), { $set });
  }
}

function runningOf({ networkId, dialectChangedAt }: RerunOf): Within<MappingChange> {
  return { networkId, state: 'running', dialectChangedAt: { $lte: dialectChangedAt } };
}
