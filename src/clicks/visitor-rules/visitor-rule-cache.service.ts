import { Injectable } from '@nestjs/common';
import { ReplicatedCache } from '../../platform/cache/replicated-cache.js';
import { withTimeout } from '../../platform/concurrency/with-timeout.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import { trustedWorkspaceId, type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { CompiledVisitorRules } from '../rules/visitor-rules/compiled-visitor-rules.js';
import { VisitorRulesRepository } from './visitor-rules.repository.js';

const MAX_AGE_MS = 2_000;
const MAX_KNOWN = 10_000;
const MAX_RULES = 1_000;
/** A visitor waits this long for rules that are not known yet. */
const WAIT_MS = 200;

/** The visitor rules of workspaces, two seconds old at most; as they were last known while MongoDB is away. */
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
      max: MAX_KNOWN,
      waitMs: { known: WAIT_MS },
      isStoreAnswering: () => mongo.isAnswering,
    });
  }

  /** Never throws: a visitor does not wait for rules that cannot be read. Then there are none. */
  async getRules(workspaceId: WorkspaceId): Promise<CompiledVisitorRules> {
    const isAnswering = (): boolean => this.mongo.isAnswering;
    try {
      const rules = this.known.find(workspaceId);
      return (await withTimeout(WAIT_MS, rules, () => new DatabaseTimeout(), isAnswering)) ?? CompiledVisitorRules.NONE;
    } catch {
      return CompiledVisitorRules.NONE;
    }
  }

  /** To be called after a change that was made in this process. */
  forget(workspaceId: WorkspaceId): void {
    this.known.invalidate(workspaceId);
  }
}
