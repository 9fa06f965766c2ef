import { Injectable } from '@nestjs/common';
import type { Click } from '../clicks/click.schema.js';
import { ClicksRepository } from '../clicks/clicks.repository.js';
import { definedOnly } from '../platform/collections/defined-only.js';
import { inBatches } from '../platform/collections/in-batches.js';
import type { CsvColumn } from '../platform/csv/csv-download.js';
import { formatAmount } from '../platform/money/money.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { timeRange } from '../platform/time/time-range.js';
import type { ConversionExportQuery } from './conversion-export.dto.js';
import type { Conversion } from './conversion.schema.js';
import { ConversionsRepository } from './conversions.repository.js';

/** A conversion with its click, which may not be stored yet. */
export interface ExportedConversion {
  conversion: Conversion;
  click: Click | undefined;
}

const BATCH = 500;

export const CONVERSION_COLUMNS: CsvColumn<ExportedConversion>[] = [
  { name: 'id', cell: ({ conversion }) => conversion._id },
  { name: 'eventType', cell: ({ conversion }) => conversion.eventType },
  { name: 'isFtd', cell: ({ conversion }) => conversion.isFtd },
  { name: 'status', cell: ({ conversion }) => conversion.status },
  { name: 'networkStatus', cell: ({ conversion }) => conversion.networkStatus },
  { name: 'convertedAt', cell: ({ conversion }) => conversion.convertedAt.toISOString() },
  { name: 'clickedAt', cell: ({ conversion }) => conversion.clickedAt.toISOString() },
  { name: 'clickId', cell: ({ conversion }) => conversion.clickId },
  { name: 'linkId', cell: ({ conversion }) => conversion.linkId },
  { name: 'networkId', cell: ({ conversion }) => conversion.networkId },
  { name: 'txid', cell: ({ conversion }) => conversion.txid },
  { name: 'payoutAmount', cell: ({ conversion: { payout } }) => payout && formatAmount(payout.amount) },
  { name: 'payoutCurrency', cell: ({ conversion: { payout } }) => payout?.currency },
  { name: 'country', cell: ({ click }) => click?.country },
  { name: 'device', cell: ({ click }) => click?.device },
  ...Array.from({ length: 10 }, (_, i) => `sub${i + 1}`).map((name) => ({
    name,
    cell: ({ click }: ExportedConversion) => click?.subs?.[name],
  })),
];

@Injectable()
export class ConversionExport {
  constructor(
    private readonly conversions: ConversionsRepository,
    private readonly clicks: ClicksRepository,
  ) {}

  /** The conversions that the query asks for, newest first, each with its click. Some hundred at a time are held. */
  async *rows(
    workspaceId: WorkspaceId,
    { from, to, ...equal }: ConversionExportQuery,
  ): AsyncGenerator<ExportedConversion> {
    const filter = definedOnly({ ...equal, convertedAt: timeRange({ from, to }) });
    for await (const batch of inBatches(this.conversions.stream(workspaceId, filter), BATCH)) {
      const clickIds = batch.map(({ clickId }) => clickId);
      const clicks = await this.clicks.findMany(workspaceId, { _id: { $in: clickIds } });
      const byId = new Map(clicks.map((click) => [click._id, click]));
      for (const conversion of batch) yield { conversion, click: byId.get(conversion.clickId) };
    }
  }
}
