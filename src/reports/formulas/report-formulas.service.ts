import { Injectable } from '@nestjs/common';
import { definedOnly } from '../../platform/collections/defined-only.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Caller } from '../../workspaces/caller.js';
import { isReportDimension } from '../rules/dimensions.js';
import { checkOwnFormula, isBuiltInMetric, type OwnFormula, usersOf } from '../rules/metric-formulas.js';
import type { ReportFormula } from './report-formula.schema.js';
import { ReportFormulasRepository } from './report-formulas.repository.js';

const MAX_FORMULAS = 50;

type FormulaChange = { [K in keyof OwnFormula]?: OwnFormula[K] | undefined };

/** The metrics that workspaces define by formulas. */
@Injectable()
export class ReportFormulasService {
  constructor(
    private readonly formulas: ReportFormulasRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  list(workspaceId: WorkspaceId): Promise<ReportFormula[]> {
    return this.formulas.list(workspaceId);
  }

  /** @throws ProblemException 409 for a name that is taken, 422 for a formula that cannot be used. */
  create(caller: Caller, formula: OwnFormula): Promise<ReportFormula> {
    return this.transactions.run(async (tx) => {
      const others = await this.formulas.list(caller.workspaceId, tx);
      if (others.length >= MAX_FORMULAS) {
        throw new ProblemException('conflict', `A workspace has at most ${MAX_FORMULAS} formulas; delete one first.`);
      }
      this.assertUsable(formula, others);
      const now = new Date();
      const fields = { _id: newId('fml'), ...formula, createdAt: now, updatedAt: now };
      const created = await this.formulas.insert(caller.workspaceId, fields, tx);
      await this.record(caller, 'report_formula.created', created._id, undefined, created, tx);
      return created;
    });
  }

  /** @throws ProblemException 404, 409, 422 */
  update(caller: Caller, id: string, change: FormulaChange): Promise<ReportFormula> {
    const { workspaceId } = caller;
    return this.transactions.run(async (tx) => {
      const all = await this.formulas.list(workspaceId, tx);
      const before = all.find(({ _id }) => _id === id);
      if (before === undefined) throw ProblemException.notFound('formula');
      const others = all.filter(({ _id }) => _id !== id);
      const after = { ...before, ...definedOnly(change) };
      this.assertUsable(after, others);
      if (after.name !== before.name) assertUnused(before.name, others);
      const set = { ...definedOnly(change), updatedAt: new Date() };
      const updated = await this.formulas.updateById(workspaceId, id, { $set: set }, tx);
      if (updated === undefined) throw ProblemException.notFound('formula');
      await this.record(caller, 'report_formula.updated', id, before, updated, tx);
      return updated;
    });
  }

  /** @throws ProblemException 404, or 409 while another formula uses it. */
  delete(caller: Caller, id: string): Promise<void> {
    const { workspaceId } = caller;
    return this.transactions.run(async (tx) => {
      const all = await this.formulas.list(workspaceId, tx);
      const before = all.find(({ _id }) => _id === id);
      if (before === undefined) throw ProblemException.notFound('formula');
      assertUnused(
        before.name,
        all.filter(({ _id }) => _id !== id),
      );
      await this.formulas.deleteById(workspaceId, id, tx);
      await this.record(caller, 'report_formula.deleted', id, before, undefined, tx);
    });
  }

  private assertUsable(formula: OwnFormula, others: readonly OwnFormula[]): void {
    const { name } = formula;
    if (isBuiltInMetric(name) || isReportDimension(name) || others.some((other) => other.name === name)) {
      throw new ProblemException(
        'conflict',
        `There is a metric or dimension with the name ${name}; choose another one.`,
      );
    }
    const problem = checkOwnFormula(formula, others);
    if (problem !== undefined) throw ProblemException.invalid({ path: 'expression', ...problem });
  }

  private async record(
    caller: Caller,
    action: string,
    objectId: string,
    before: object | undefined,
    after: object | undefined,
    tx: Transaction,
  ): Promise<void> {
    await this.audit.record(caller, { action, objectId, ...definedOnly({ before, after }) }, tx);
  }
}

function assertUnused(name: string, others: readonly OwnFormula[]): void {
  const users = usersOf(name, others);
  if (users.length === 0) return;
  throw new ProblemException('conflict', `${users.join(', ')} uses ${name}; change that formula first.`);
}
