import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { firstIdAt, newId } from '../../platform/ids/ids.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Author } from '../caller.js';
import { changesBetween } from './audit-changes.js';
import { AuditEntriesRepository } from './audit-entries.repository.js';
import type { AuditEntry } from './audit-entry.schema.js';

// src/workspaces/audit: the audit log. Every module records its changes with `AuditLog.record`; start reading there.
// audit-changes.ts finds the differences of two states, the controller lists the entries.

const INSERTED_AT_ONCE = 500;

/** A change. States are given as they are stored; `record` finds the differences and masks secrets by the names of fields. */
export interface AuditEvent {
  /** `<kind of object>.<verb>`, such as `link.updated`. */
  action: string;
  objectId: string;
  before?: object | undefined;
  after?: object | undefined;
}

export interface AuditFilter {
  action?: string | undefined;
  objectId?: string | undefined;
  actor?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** Records the changes in a workspace and their authors. Entries are never changed; old ones are deleted. */
@Injectable()
export class AuditLog {
  constructor(private readonly entries: AuditEntriesRepository) {}

  /**
   * Adds an entry. Must be called in the transaction of the change, or, where there is none, before the answer. A change
   * without differences adds no entry.
   */
  async record(caller: Author, event: AuditEvent, tx?: Transaction): Promise<void> {
    const entry = toEntry(caller, event);
    if (entry !== undefined) await this.entries.insert(caller.workspaceId, entry, tx);
  }

  /** Adds an entry for each of many changes in one transaction. */
  async recordAll(caller: Author, events: readonly AuditEvent[], tx: Transaction): Promise<void> {
    const entries = events.flatMap((event) => toEntry(caller, event) ?? []);
    for (let i = 0; i < entries.length; i += INSERTED_AT_ONCE) {
      await this.entries.insertMany(caller.workspaceId, entries.slice(i, i + INSERTED_AT_ONCE), tx);
    }
  }

  page(workspaceId: WorkspaceId, filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>> {
    const { action, objectId, actor, from, to } = filter;
    const range = { ...(from && { $gte: firstIdAt('aud', from) }), ...(to && { $lt: firstIdAt('aud', to) }) };
    return this.entries.page(
      workspaceId,
      {
        ...(action !== undefined && { action }),
        ...(objectId !== undefined && { objectId }),
        ...(actor !== undefined && { 'actor.id': actor }),
        ...((from ?? to) && { _id: range }),
      },
      page,
    );
  }

  /** The newest entries of certain actions within a time, at most `limit`. */
  findActions(
    workspaceId: WorkspaceId,
    { actions, from, to, limit }: { actions: readonly string[]; from: Date; to: Date; limit: number },
  ): Promise<AuditEntry[]> {
    const range = { $gte: firstIdAt('aud', from), $lt: firstIdAt('aud', to) };
    return this.entries.findMany(workspaceId, { action: { $in: actions }, _id: range }, undefined, {
      sort: { _id: -1 },
      limit,
    });
  }

  /** Deletes entries from before this time. */
  async deleteBefore(workspaceId: WorkspaceId, time: Date): Promise<void> {
    await this.entries.deleteMany(workspaceId, { _id: { $lt: firstIdAt('aud', time) } });
  }
}

/** `undefined` for a change without differences. */
function toEntry(
  { actor, ip, requestId }: Author,
  { action, objectId, ...states }: AuditEvent,
): Omit<AuditEntry, 'workspaceId'> | undefined {
  const { before, after } = changesBetween(states.before, states.after);
  const isUnchanged = before !== null && after !== null && Object.keys(after).length === 0;
  if (isUnchanged) return undefined;
  const now = new Date();
  return { _id: newId('aud', now.getTime()), at: now, actor, ip, requestId, action, objectId, before, after };
}
