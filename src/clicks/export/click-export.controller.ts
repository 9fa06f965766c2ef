import type { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { definedOnly } from '../../platform/collections/defined-only.js';
import { type CsvColumn, csvDownload } from '../../platform/csv/csv-download.js';
import { formatAmount } from '../../platform/money/money.js';
import { timeRange } from '../../platform/time/time-range.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { LinkRestrictions } from '../../workspaces/restrictions/link-restrictions.service.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { visibleRows } from '../../workspaces/restrictions/rules/mask-amounts.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import { ClickExportQuery } from './click-export.dto.js';
import type { Click } from '../click.schema.js';
import { ClicksRepository } from '../clicks.repository.js';
import { ClicksOfLink } from '../list/clicks-of-link.service.js';

const COLUMNS: CsvColumn<Click>[] = [
  { name: 'id', cell: ({ _id }) => _id },
  { name: 'at', cell: ({ at }) => at.toISOString() },
  { name: 'linkId', cell: ({ linkId }) => linkId },
  { name: 'ip', cell: ({ ip }) => ip },
  { name: 'country', cell: ({ country }) => country },
  { name: 'region', cell: ({ region }) => region },
  { name: 'city', cell: ({ city }) => city },
  { name: 'asn', cell: ({ asn }) => asn },
  { name: 'device', cell: ({ device }) => device },
  { name: 'os', cell: ({ os }) => os },
  { name: 'browser', cell: ({ browser }) => browser },
  { name: 'inApp', cell: ({ inApp }) => inApp },
  { name: 'rule', cell: ({ rule }) => rule },
  { name: 'variant', cell: ({ variant }) => variant },
  { name: 'language', cell: ({ language }) => language },
  { name: 'referrerHost', cell: ({ referrerHost }) => referrerHost },
  { name: 'referrer', cell: ({ referrer }) => referrer },
  { name: 'userAgent', cell: ({ userAgent }) => userAgent },
  { name: 'isBot', cell: ({ botReason }) => botReason !== undefined },
  { name: 'botReason', cell: ({ botReason }) => botReason },
  { name: 'costAmount', cell: ({ cost }) => cost && formatAmount(cost.amount) },
  { name: 'costCurrency', cell: ({ cost }) => cost?.currency },
  { name: 'isUnique', cell: ({ isUnique }) => isUnique },
  ...Array.from({ length: 10 }, (_, i) => `sub${i + 1}`).map((name) => ({
    name,
    cell: ({ subs }: Click) => subs?.[name],
  })),
  { name: 'query', cell: ({ query }) => queryText(query) },
];

@ApiTags('clicks')
@ApiBearerAuth()
@Controller('api/v1/clicks/export')
export class ClickExportController {
  constructor(
    private readonly clicks: ClicksRepository,
    private readonly clicksOfLink: ClicksOfLink,
    private readonly audit: AuditLog,
    private readonly settings: WorkspaceSettingsService,
    private readonly restrictions: LinkRestrictions,
  ) {}

  @Get()
  @RequireScope('clicks:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('left_out')
  @ApiOperation({ summary: 'Download the clicks as CSV, newest first' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentCaller() caller: Caller,
    @Query() { linkId, bom, ...times }: ClickExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | undefined> {
    const { workspaceId } = caller;
    const range = await this.settings.resolveRange(workspaceId, times);
    const ofVisibleLinks = await this.restrictions.conditionFor(caller, linkId);
    await this.audit.record(caller, { action: 'clicks.exported', objectId: workspaceId, after: { linkId, ...times } });
    const asked =
      linkId === undefined
        ? definedOnly({ at: timeRange(range) })
        : { linkId, _id: await this.clicksOfLink.idRange(workspaceId, linkId, range) };
    const filter = { ...asked, ...ofVisibleLinks, isTest: { $ne: true } };
    const rows = this.clicks.stream(workspaceId, filter, { sort: linkId === undefined ? { at: -1 } : { _id: -1 } });
    return csvDownload(reply, 'clicks', COLUMNS, visibleRows(rows, caller.restrictions), { bom });
  }
}

function queryText(query: Click['query'] | undefined): string {
  const text = new URLSearchParams();
  // A masked value is null.
  for (const { name, value } of query ?? []) text.append(name, (value as string | null) ?? '');
  return text.toString();
}
