import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

export const REPORT_REASONS = ['phishing', 'malware', 'spam', 'illegal', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** A report of a visitor about a link. It belongs to the workspace of the link. */
@Schema({ collection: 'abuseReports', versionKey: false })
export class AbuseReport {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  linkId: string;

  /** Hostname and slug of the link at the time of the report. */
  @Prop({ type: String, required: true })
  address: string;

  /** Destination of the link at the time of the report. */
  @Prop({ type: String, required: true })
  url: string;

  @Prop({ type: String, required: true })
  reason: ReportReason;

  @Prop({ type: String })
  details: string | null;

  /** Address of the reporter, for questions. */
  @Prop({ type: String })
  email: string | null;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date })
  resolvedAt: Date | null;

  /** Remark of the person who resolved it. */
  @Prop({ type: String })
  note: string | null;
}

export const AbuseReportSchema = SchemaFactory.createForClass(AbuseReport);

// Path: abuse-reports.controller.ts, list. Query: { workspaceId, linkId?, resolvedAt? } newest first
AbuseReportSchema.index({ workspaceId: 1, _id: -1 });
// Path: abuse-reports.service.ts, the number of open reports of a link. Query: { workspaceId, linkId, resolvedAt: null }
AbuseReportSchema.index({ workspaceId: 1, linkId: 1, resolvedAt: 1 });
