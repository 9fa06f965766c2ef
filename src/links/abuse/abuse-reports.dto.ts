import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { type ListResponse, PageInfo, PageQuery } from '../../platform/http/pagination.js';
import { type AbuseReport, REPORT_REASONS, type ReportReason } from './abuse-report.schema.js';

const STATUSES = ['open', 'resolved'] as const;
type ReportStatus = (typeof STATUSES)[number];

export class AbuseReportsQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(64)
  linkId?: string;

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: ReportStatus;
}

export class ResolveAbuseReportRequest {
  /** A remark about the outcome. @example "The page is our own; the reporter was mistaken." */
  @IsOptional()
  @IsString()
  @Length(1, 1_000)
  note?: string;
}

export class AbuseReportResponse {
  /** @example "abr_0V4rQ2pK3mXa81Qd7ZsTb" */
  id: string;
  linkId: string;
  /** The short link at the time of the report, without its scheme. @example "go.brand.com/summer" */
  address: string;
  /** The destination of the link at the time of the report. */
  url: string;
  @ApiProperty({ enum: REPORT_REASONS })
  reason: ReportReason;
  @ApiProperty({ type: String, nullable: true })
  details: string | null;
  /** Address of the reporter, if given. */
  @ApiProperty({ type: String, nullable: true })
  email: string | null;
  @ApiProperty({ enum: STATUSES })
  status: ReportStatus;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  resolvedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

export class AbuseReportListResponse implements ListResponse<AbuseReportResponse> {
  @ApiProperty({ type: [AbuseReportResponse] })
  data: AbuseReportResponse[];
  page: PageInfo;
}

export function toAbuseReportResponse(report: AbuseReport): AbuseReportResponse {
  const { _id, linkId, address, url, reason, details, email, createdAt, resolvedAt, note } = report;
  return {
    id: _id,
    linkId,
    address,
    url,
    reason,
    details,
    email,
    status: resolvedAt === null ? 'open' : 'resolved',
    createdAt: createdAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    note,
  };
}
