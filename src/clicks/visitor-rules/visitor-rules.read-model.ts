import type { Connection } from 'mongoose';
import { groupBy } from '../../platform/collections/group-by.js';
import { CompiledVisitorRules } from '../rules/visitor-rules/compiled-visitor-rules.js';
import { VisitorRule } from './visitor-rule.schema.js';

interface Compiled {
  /** The rules as JSON. They are read every second, but compiled only when they have changed. */
  version: string;
  rules: CompiledVisitorRules;
}

/** Crosses workspaces on purpose: a group of clicks belongs to many workspaces. For a connection outside Nest. */
export class VisitorRulesReadModel {
  private readonly compiled = new Map<string, Compiled>();

  constructor(private readonly connection: Connection) {}

  /** @returns the rules of the workspaces that have some. */
  async read(ids: readonly string[]): Promise<Map<string, CompiledVisitorRules>> {
    const found = await this.connection
      .model<VisitorRule>(VisitorRule.name)
      .find({ workspaceId: { $in: [...ids] } } as never, { workspaceId: 1, match: 1, as: 1 })
      .lean<VisitorRule[]>()
      .exec();
    const byWorkspace = groupBy(found, ({ workspaceId }) => workspaceId as string);
    for (const id of ids) if (!byWorkspace.has(id)) this.compiled.delete(id);
    return new Map([...byWorkspace].map(([id, rules]) => [id, this.compile(id, rules)]));
  }

  private compile(id: string, rules: readonly VisitorRule[]): CompiledVisitorRules {
    const version = JSON.stringify(rules);
    let known = this.compiled.get(id);
    if (known?.version !== version) {
      known = { version, rules: new CompiledVisitorRules(rules) };
      this.compiled.set(id, known);
    }
    return known.rules;
  }
}
