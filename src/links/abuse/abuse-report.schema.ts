import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

export const REPORT_REASONS = ['phishing', 'malware', 'spam', 'illegal', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** What a visitor says is wrong with a link. It belongs to the workspace of the link. */
@Schema({ collection: 'abuseReports', versionKey: false })
export class AbuseReport {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  linkId: string;

  /** As it was when it was reported: hostname and slug. */
  @Prop({ type: String, required: true })
  address: string;

  /** Where the link led then. */
  @Prop({ type: String, required: true })
  url: string;

  @Prop({ type: String, required: true })
  reason: ReportReason;

  @Prop({ type: String })
  details: string | null;

  /** Of whoever reports it, if they want to be asked. */
  @Prop({ type: String })
  email: string | null;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date })
  resolvedAt: Date | null;

  /** What came of it. */
  @Prop({ type: String })
  note: string | null;
}

export const AbuseReportSchema = SchemaFactory.createForClass(AbuseReport);

// Path: abuse-reports.controller.ts, list. Query: { workspaceId, linkId?, resolvedAt? } newest first
AbuseReportSchema.index({ workspaceId: 1, _id: -1 });
// Path: abuse-reports.service.ts, how many are open for a link. Query: { workspaceId, linkId, resolvedAt: null }
AbuseReportSchema.index({ workspaceId: 1, linkId: 1, resolvedAt: 1 });
