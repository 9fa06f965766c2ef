import { Injectable } from '@nestjs/common';
import { DIALECT_FIELDS, type Network, type StoredDialect } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { newId } from '../../platform/ids/ids.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Caller } from '../../workspaces/caller.js';
import { RematchJobs } from '../reprocess/rematch-jobs.service.js';
import type { MappingChange } from './mapping-change.schema.js';
import type { MappingChangeRequest } from './mapping-changes.dto.js';
import { MappingChangesRepository } from './mapping-changes.repository.js';
import { assertDialectGiven } from './mapping-change-preview.service.js';

const UNDO_MS = 10_000;
const KEPT_MS = 30 * 86_400_000;

/**
 * Mapping changes with an undo. The network changes at once. Its waiting postbacks are run again by the rematch run that follows
 * every change (../reprocess/rematch-jobs.service.ts), which waits for `undoUntil`, so an undo never takes money back. The state
 * decides between the two: the run and the undo both leave `undoable`, and the second one finds it left.
 */
@Injectable()
export class MappingChanges {
  constructor(
    private readonly changes: MappingChangesRepository,
    private readonly networks: NetworksService,
    private readonly rematching: RematchJobs,
  ) {}

  async create(caller: Caller, networkId: string, input: MappingChangeRequest): Promise<MappingChange> {
    assertDialectGiven(input);
    const { workspaceId } = caller;
    const id = newId('mch');
    await this.networks.changeDialect(caller, networkId, input, async ({ before, after }, tx) => {
      await this.endUndo(workspaceId, networkId, tx);
      await this.changes.insert(workspaceId, toChange(id, before, after), tx);
    });
    return this.read(workspaceId, networkId, id);
  }

  /** @throws ProblemException 404. */
  async read(workspaceId: WorkspaceId, networkId: string, id: string): Promise<MappingChange> {
    await this.networks.read(workspaceId, networkId);
    const change = await this.changes.findOne(workspaceId, { _id: id, networkId });
    if (!change) throw ProblemException.notFound('mapping change');
    // The job begins within a second after the time for an undo.
    return change.state === 'undoable' && change.undoUntil.getTime() <= Date.now()
      ? { ...change, state: 'running' }
      : change;
  }

  /** Restores the earlier dialect. @throws ProblemException 404, and 409 if the undo is too late or the network was changed. */
  async undo(caller: Caller, networkId: string, id: string): Promise<MappingChange> {
    const { workspaceId } = caller;
    const change = await this.read(workspaceId, networkId, id);
    if (change.state !== 'undone') {
      await this.networks.restoreDialect(caller, networkId, change.before, async ({ before }, tx) => {
        await this.markUndone(change, before, tx);
      });
    }
    return this.read(workspaceId, networkId, id);
  }

  /** Ends the time for an undo. Calling it later changes nothing. @throws ProblemException 404, 409 if it was undone. */
  async runNow(workspaceId: WorkspaceId, networkId: string, id: string): Promise<MappingChange> {
    const { state } = await this.read(workspaceId, networkId, id);
    if (state === 'undone') throw new ProblemException('conflict', 'This change was undone: there is nothing to run.');
    const now = new Date();
    const isWaiting = { _id: id, state: 'undoable', undoUntil: { $gt: now } } as const;
    await this.changes.updateOne(workspaceId, isWaiting, {
      $set: { state: 'running', undoUntil: now, updatedAt: now },
    });
    this.rematching.wake();
    return this.read(workspaceId, networkId, id);
  }

  /** Ends the undo of earlier changes of the network: their dialect is no longer the one that an undo would restore from. */
  private async endUndo(workspaceId: WorkspaceId, networkId: string, tx: Transaction): Promise<void> {
    const now = new Date();
    const ended = { state: 'running', undoUntil: now, updatedAt: now } as const;
    await this.changes.updateMany(workspaceId, { networkId, state: 'undoable' }, { $set: ended }, tx);
  }

  private async markUndone(change: MappingChange, network: Network, tx: Transaction): Promise<void> {
    const now = new Date();
    if (network.updatedAt.getTime() !== change.networkUpdatedAt.getTime()) {
      const detail = 'The network was changed by another request since then, so nothing was restored: change it again.';
      throw new ProblemException('network_changed', detail);
    }
    const isUndoable = { _id: change._id, state: 'undoable', undoUntil: { $gt: now } } as const;
    const undone = await this.changes.updateOne(
      change.workspaceId,
      isUndoable,
      { $set: { state: 'undone', updatedAt: now } },
      tx,
    );
    if (undone === undefined) {
      const detail =
        'Its waiting postbacks are already run again, so it can no longer be undone: change the mapping again.';
      throw new ProblemException('undo_expired', detail);
    }
  }
}

function toChange(id: string, before: Network, after: Network): Omit<MappingChange, 'workspaceId'> {
  const now = new Date();
  return {
    _id: id,
    networkId: after._id,
    state: 'undoable',
    undoUntil: new Date(now.getTime() + UNDO_MS),
    before: Object.fromEntries(DIALECT_FIELDS.map((field) => [field, before[field]])) as unknown as StoredDialect,
    dialectChangedAt: after.dialectChangedAt,
    networkUpdatedAt: after.updatedAt,
    rerun: { total: 0, done: 0, counts: {} },
    createdAt: now,
    updatedAt: now,
    expiresAt: new Date(now.getTime() + KEPT_MS),
  };
}
