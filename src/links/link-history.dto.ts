import { ApiProperty, OmitType } from '@nestjs/swagger';
import { PageInfo } from '../platform/http/pagination.js';
import { AuditEntryResponse } from '../workspaces/audit/audit-log.dto.js';

/** A change of a link. Passwords are masked. */
export class LinkHistoryEntryResponse extends OmitType(AuditEntryResponse, ['ip', 'requestId', 'objectId'] as const) {}

export class LinkHistoryResponse {
  @ApiProperty({ type: [LinkHistoryEntryResponse] })
  data: LinkHistoryEntryResponse[];
  page: PageInfo;
}
