import { Injectable } from '@nestjs/common';
import { ClicksRepository } from '../../clicks/clicks.repository.js';
import { inBatches } from '../../platform/collections/in-batches.js';
import type { CsvColumn } from '../../platform/csv/csv-download.js';
import { formatAmount } from '../../platform/money/money.js';
import type { Viewer } from '../../workspaces/caller.js';
import { ConversionFilters } from '../conversion-filters.service.js';
import type { ConversionExportQuery } from './conversion-export.dto.js';
import { readFacts } from '../click-facts/click-facts.js';
import type { ClickFacts, Conversion } from '../conversion.schema.js';
import { ConversionsRepository } from '../conversions.repository.js';

/** A conversion with the facts of its click; undefined while the click is not stored. */
export interface ExportedConversion {
  conversion: Conversion;
  facts: ClickFacts | undefined;
}

const BATCH = 500;

export const CONVERSION_COLUMNS: CsvColumn<ExportedConversion>[] = [
  { name: 'id', cell: ({ conversion }) => conversion._id },
  { name: 'eventType', cell: ({ conversion }) => conversion.eventType },
  { name: 'isFtd', cell: ({ conversion }) => conversion.isFtd },
  { name: 'status', cell: ({ conversion }) => conversion.status },
  { name: 'networkStatus', cell: ({ conversion }) => conversion.networkStatus },
  { name: 'convertedAt', cell: ({ conversion }) => conversion.convertedAt.toISOString() },
  { name: 'clickedAt', cell: ({ conversion }) => conversion.clickedAt?.toISOString() },
  { name: 'clickId', cell: ({ conversion }) => conversion.clickId },
  { name: 'linkId', cell: ({ conversion }) => conversion.linkId },
  { name: 'networkId', cell: ({ conversion }) => conversion.networkId },
  { name: 'txid', cell: ({ conversion }) => conversion.txid },
  { name: 'payoutAmount', cell: ({ conversion: { payout } }) => payout && formatAmount(payout.amount) },
  { name: 'payoutCurrency', cell: ({ conversion: { payout } }) => payout?.currency },
  { name: 'revenueAmount', cell: ({ conversion: { revenue } }) => revenue && formatAmount(revenue.amount) },
  { name: 'revenueCurrency', cell: ({ conversion: { revenue } }) => revenue?.currency },
  { name: 'playerId', cell: ({ conversion }) => conversion.playerId },
  { name: 'flags', cell: ({ conversion: { flags = [] } }) => flags.join(' ') },
  { name: 'country', cell: ({ facts }) => facts?.country },
  { name: 'device', cell: ({ facts }) => facts?.device },
  { name: 'os', cell: ({ facts }) => facts?.os },
  { name: 'browser', cell: ({ facts }) => facts?.browser },
  ...Array.from({ length: 10 }, (_, i) => `sub${i + 1}`).map((name) => ({
    name,
    cell: ({ facts }: ExportedConversion) => facts?.subs?.[name],
  })),
];

/** Streams conversions for the CSV download. */
@Injectable()
export class ConversionExport {
  constructor(
    private readonly conversions: ConversionsRepository,
    private readonly clicks: ClicksRepository,
    private readonly filters: ConversionFilters,
  ) {}

  /** The matching conversions, newest first. `from` and `to` must be resolved to points in time. Memory holds one batch. */
  async *rows(viewer: Viewer, query: ConversionExportQuery): AsyncGenerator<ExportedConversion> {
    const { workspaceId } = viewer;
    const filter = await this.filters.of(viewer, query);
    for await (const batch of inBatches(this.conversions.stream(workspaceId, filter), BATCH)) {
      const incomplete = batch.filter(({ facts }) => !facts);
      const late = await readFacts(this.clicks, workspaceId, incomplete);
      for (const conversion of batch) {
        yield { conversion, facts: conversion.facts ?? late.get(conversion.clickId ?? '') };
      }
    }
  }
}
