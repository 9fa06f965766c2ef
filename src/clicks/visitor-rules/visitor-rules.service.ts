import { Injectable } from '@nestjs/common';
import { definedOnly } from '../../platform/collections/defined-only.js';
import { KeyedMutex } from '../../platform/concurrency/keyed-mutex.js';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { isId, newId } from '../../platform/ids/ids.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { QueryBounds } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Caller } from '../../workspaces/caller.js';
import { normalizeMatch } from '../rules/visitor-rules/visitor-match.js';
import { VisitorRuleCache } from './visitor-rule-cache.service.js';
import type { VisitorRule } from './visitor-rule.schema.js';
import type { CreateVisitorRuleRequest, UpdateVisitorRuleRequest } from './visitor-rules.dto.js';
import { VisitorRulesRepository } from './visitor-rules.repository.js';

export const MAX_VISITOR_RULES = 200;
const PATIENCE_MS = 10_000;

// src/clicks/visitor-rules: the API and storage of visitor rules. The rules are read by the redirect (visitor-rule-cache.service.ts)
// and by the shipper (visitor-rules.read-model.ts); their pure code is in ../rules/visitor-rules. Start here.

/** A workspace's rules about which visits are people's and which are bots'. A change applies to later clicks only. */
@Injectable()
export class VisitorRulesService {
  /** Rules of a workspace are created one at a time in this process, so that the limit is exact within it. */
  private readonly creating = new KeyedMutex(PATIENCE_MS, () => new DatabaseTimeout());

  constructor(
    private readonly rules: VisitorRulesRepository,
    private readonly cache: VisitorRuleCache,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ProblemException `conflict` when the workspace has the maximum number of rules. */
  async create(caller: Caller, { match, as, name = null }: CreateVisitorRuleRequest): Promise<VisitorRule> {
    const { workspaceId } = caller;
    const now = new Date();
    const fields = { _id: newId('vrl'), name, match: normalizeMatch(match), as, createdAt: now, updatedAt: now };
    const rule = await this.creating.take(workspaceId, async () => {
      const count = await this.rules.count(workspaceId, {}, { limit: MAX_VISITOR_RULES });
      if (count >= MAX_VISITOR_RULES) throw tooManyRules();
      return this.transactions.run(async (tx) => {
        const created = await this.rules.insert(workspaceId, fields, tx);
        await this.audit.record(
          caller,
          { action: 'visitor-rule.created', objectId: created._id, after: auditable(created) },
          tx,
        );
        return created;
      });
    });
    this.cache.forget(workspaceId);
    return rule;
  }

  /** The rules with this id, or with the text in their name or in a user agent. */
  search(
    workspaceId: WorkspaceId,
    text: string,
    bounds: QueryBounds,
  ): Promise<Pick<VisitorRule, '_id' | 'name' | 'as' | 'match'>[]> {
    const fields = ['_id', 'name', 'as', 'match'] as const;
    return this.rules.findContaining(workspaceId, ['name', 'match.userAgent'], text, { fields, ...bounds });
  }

  page(workspaceId: WorkspaceId, page: PageRequest): Promise<Page<VisitorRule>> {
    return this.rules.page(workspaceId, {}, page);
  }

  async get(workspaceId: WorkspaceId, id: string): Promise<VisitorRule> {
    return orNotFound(await this.find(workspaceId, id));
  }

  async update(caller: Caller, id: string, { match, as, name }: UpdateVisitorRuleRequest): Promise<VisitorRule> {
    const { workspaceId } = caller;
    const changes = { ...definedOnly({ as, name, match: match && normalizeMatch(match) }), updatedAt: new Date() };
    const rule = await this.transactions.run(async (tx) => {
      const before = orNotFound(await this.find(workspaceId, id, tx));
      const after = orNotFound(await this.rules.updateById(workspaceId, id, { $set: changes }, tx));
      const states = { before: auditable(before), after: auditable(after) };
      await this.audit.record(caller, { action: 'visitor-rule.updated', objectId: id, ...states }, tx);
      return after;
    });
    this.cache.forget(workspaceId);
    return rule;
  }

  /** Stored clicks stay as they are. */
  async delete(caller: Caller, id: string): Promise<void> {
    const { workspaceId } = caller;
    await this.transactions.run(async (tx) => {
      const before = orNotFound(await this.find(workspaceId, id, tx));
      await this.rules.deleteMany(workspaceId, { _id: id }, tx);
      await this.audit.record(caller, { action: 'visitor-rule.deleted', objectId: id, before: auditable(before) }, tx);
    });
    this.cache.forget(workspaceId);
  }

  private async find(workspaceId: WorkspaceId, id: string, tx?: Transaction): Promise<VisitorRule | undefined> {
    return isId('vrl', id) ? this.rules.findById(workspaceId, id, tx) : undefined;
  }
}

function auditable({ name, match, as }: VisitorRule): object {
  return { name, match, as };
}

function tooManyRules(): ProblemException {
  return new ProblemException(
    'conflict',
    `A workspace may have at most ${MAX_VISITOR_RULES} visitor rules. Delete one, or put several values into one rule.`,
  );
}

function orNotFound(rule: VisitorRule | undefined): VisitorRule {
  if (rule === undefined) throw ProblemException.notFound('visitor rule');
  return rule;
}
