import { Injectable } from '@nestjs/common';
import { surplusCells, surplusHint } from '../../platform/csv/csv-table.js';
import { isId } from '../../platform/ids/ids.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { ConversionEvent } from '../conversion-event.js';
import { type Attribution, ConversionsService } from '../conversions.service.js';
import type { ConversionImport } from './conversion-import.schema.js';
import type { ImportChunk } from './import-chunk.schema.js';
import { type ImportRow, readRow, rejected, type Rejection, type RejectReason } from './import-row.js';

/** A row, and what it says of a conversion or why it says nothing. */
export interface JudgedRow {
  row: number;
  line: number;
  said: ConversionEvent | Rejection;
}

type Owner = Extract<Attribution, { ok: true }>;

/** Says what the rows of a chunk mean, and of which link or click. Nothing is stored here. */
@Injectable()
export class ImportJudge {
  constructor(private readonly conversions: ConversionsService) {}

  async judge(order: ConversionImport, { rows, firstRow }: ImportChunk): Promise<JudgedRow[]> {
    const context = { places: order.places, dialect: order.dialect, now: order.createdAt };
    const owners = new Map<string, Promise<Owner | Rejection>>();
    const ownerOf = (reading: ImportRow): Promise<Owner | Rejection> => {
      const key = `${reading.isLink} ${reading.ownerId}`;
      const owner = owners.get(key) ?? this.ownerOf(order.workspaceId, reading);
      owners.set(key, owner);
      return owner;
    };
    return Promise.all(
      rows.map(async ({ line, fields }, i) => {
        const row = firstRow + i;
        const surplus = surplusRejection(fields, order.columns);
        if (surplus) return { row, line, said: surplus };
        const reading = readRow(fields, context);
        if ('reason' in reading) return { row, line, said: reading };
        const owner = await ownerOf(reading);
        return { row, line, said: 'reason' in owner ? owner : toEvent(order, row, reading, owner) };
      }),
    );
  }

  private async ownerOf(
    workspaceId: WorkspaceId,
    { ownerId, isLink, eventType }: ImportRow,
  ): Promise<Owner | Rejection> {
    if (isLink && !isId('lnk', ownerId)) return rejected('unknown_link', HINTS.unknown_link);
    const attribution = await this.conversions.attribute(workspaceId, ownerId, eventType);
    if (!attribution.ok) {
      const reason = isLink ? 'unknown_link' : attribution.reason;
      return rejected(reason, HINTS[reason]);
    }
    return attribution.isTest ? rejected('test_click_id', HINTS.test_click_id) : attribution;
  }
}

/** A row with unquoted separators in it has its values in the wrong columns. */
function surplusRejection(fields: readonly string[], columns: number | undefined): Rejection | undefined {
  if (columns === undefined || surplusCells(fields, columns).length === 0) return undefined;
  return rejected('too_many_cells', surplusHint(fields, columns));
}

function toEvent(order: ConversionImport, row: number, reading: ImportRow, owner: Owner): ConversionEvent {
  const { eventType, status, networkStatus, payout, txid, playerId, time, note } = reading;
  return {
    origin: 'import',
    networkId: order.networkId,
    linkId: owner.linkId,
    clickId: owner.clickId,
    clickedAt: owner.clickedAt,
    eventType,
    status,
    networkStatus,
    amount: payout && { payout, revenue: null },
    txid,
    playerId,
    at: time ?? order.at,
    isTimed: time !== null,
    sourceId: `${order._id}:${row}`,
    note,
    // Else the same file twice would count twice what has no transaction id.
    countRepeats: false,
    isCurrencyNamed: true,
    transactions: 'click',
    isChargeback: false,
  };
}

const HINTS: Record<
  Extract<RejectReason, 'malformed_click_id' | 'forged_click_id' | 'unknown_click' | 'unknown_link' | 'test_click_id'>,
  string
> = {
  malformed_click_id: 'It does not have the shape of a click id: perhaps a spreadsheet has changed or cut it.',
  forged_click_id: 'It looks like a click id, but this Hopback did not make it, or a character was changed on the way.',
  unknown_click: 'The click id is genuine, but no link of this workspace belongs to it.',
  unknown_link: 'There is no such link in this workspace.',
  test_click_id: 'It was made for a test, which never enters the numbers.',
};
