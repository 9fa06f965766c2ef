import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { ReportFormula } from './report-formula.schema.js';

/** The formulas of one workspace. */
@Injectable()
export class ReportFormulasRepository extends TenantRepository<ReportFormula> {
  constructor(@InjectModel(ReportFormula.name) model: Model<ReportFormula>) {
    super(model);
  }

  /** All of them by name. There are at most 50. */
  list(workspaceId: WorkspaceId, tx?: Transaction): Promise<ReportFormula[]> {
    return this.findMany(workspaceId, {}, tx, { sort: { name: 1 } });
  }
}
