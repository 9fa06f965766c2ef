import { Injectable } from '@nestjs/common';
import { ReplicatedCache } from '../../platform/cache/replicated-cache.js';
import { withTimeout } from '../../platform/concurrency/with-timeout.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import { trustedWorkspaceId, type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { CompiledVisitorRules } from '../rules/visitor-rules/compiled-visitor-rules.js';
import { VisitorRulesRepository } from './visitor-rules.repository.js';

const MAX_AGE_MS = 2_000;
const MAX_WORKSPACES = 10_000;
const MAX_RULES = 1_000;
/** Time that a visitor waits for rules that are not cached yet. */
const WAIT_MS = 200;

/** The visitor rules of workspaces: at most two seconds old, or the last known ones while MongoDB is away. */
@Injectable()
export class VisitorRuleCache {
  private readonly known: ReplicatedCache<CompiledVisitorRules>;

  constructor(
    rules: VisitorRulesRepository,
    private readonly mongo: MongoHealth,
  ) {
    this.known = new ReplicatedCache<CompiledVisitorRules>({
      load: async (id) => {
        const found = await rules.findMany(trustedWorkspaceId(id), {}, undefined, { limit: MAX_RULES });
        return found.length === 0 ? CompiledVisitorRules.NONE : new CompiledVisitorRules(found);
      },
      refreshAfterMs: MAX_AGE_MS / 2,
      staleAfterMs: MAX_AGE_MS,
      max: MAX_WORKSPACES,
      waitMs: { known: WAIT_MS },
      isStoreAnswering: () => mongo.isAnswering,
    });
  }

  /** Never throws. Without rules when they cannot be read in time, as the visitor must not wait. */
  async getRules(workspaceId: WorkspaceId): Promise<CompiledVisitorRules> {
    const isAnswering = (): boolean => this.mongo.isAnswering;
    try {
      const rules = this.known.find(workspaceId);
      return (await withTimeout(WAIT_MS, rules, () => new DatabaseTimeout(), isAnswering)) ?? CompiledVisitorRules.NONE;
    } catch {
      return CompiledVisitorRules.NONE;
    }
  }

  /** Must be called after a change that this process has made. */
  forget(workspaceId: WorkspaceId): void {
    this.known.invalidate(workspaceId);
  }
}
