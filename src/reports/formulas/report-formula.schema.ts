import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { OwnFormula, OwnFormulaUnit } from '../rules/metric-formulas.js';

/** A metric of a workspace: a formula over other metrics. */
@Schema({ collection: 'reportFormulas', versionKey: false })
export class ReportFormula implements OwnFormula {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** Unique in the workspace. */
  @Prop({ type: String, required: true })
  name: string;

  /** As it was entered. */
  @Prop({ type: String, required: true })
  expression: string;

  @Prop({ type: String, required: true })
  unit: OwnFormulaUnit;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;
}

export const ReportFormulaSchema = SchemaFactory.createForClass(ReportFormula);

// Path: metric-catalogue.service.ts. Query: { workspaceId } by name. The unique index prevents two metrics with one name.
ReportFormulaSchema.index({ workspaceId: 1, name: 1 }, { unique: true });
