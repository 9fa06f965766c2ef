import { Injectable } from '@nestjs/common';
import { clickIdHint } from '../../clicks/click-id-hint.js';
import { ClickIdService } from '../../clicks/click-id.service.js';
import type { MappingAdditions, NetworkDialect } from '../../networks/reading/reading.js';
import { surplusCells, surplusHint } from '../../platform/csv/csv-table.js';
import { isId } from '../../platform/ids/ids.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { ConversionEvent } from '../conversion-event.js';
import { type Attribution, ConversionsService } from '../conversions.service.js';
import { completeImport } from './complete-import.js';
import type { ConversionImport } from './conversion-import.schema.js';
import type { ImportChunk } from './import-chunk.schema.js';
import { cellsOf, type ImportRow, readRow, rejected, type Rejection, type RowContext } from './import-row.js';

/** A row, and what it says of a conversion or why it says nothing. */
export interface JudgedRow {
  row: number;
  line: number;
  said: ConversionEvent | Rejection;
  /** What was dropped, guessed or left open. */
  notices: Notice[];
  additions: MappingAdditions;
}

/** Whose a row is; no link is known of a chargeback that names its transaction alone. */
type Owner = Omit<Extract<Attribution, { ok: true }>, 'linkId'> & { linkId: string | null };

const NAMELESS: Owner = { ok: true, linkId: null, linkNetworkId: null, clickId: null, clickedAt: null, isTest: false };

/** Says what the rows of a chunk mean, and of which link or click. Nothing is stored here. */
@Injectable()
export class ImportJudge {
  constructor(
    private readonly conversions: ConversionsService,
    private readonly clickIds: ClickIdService,
  ) {}

  async judge(stored: ConversionImport, { rows, firstRow }: ImportChunk): Promise<JudgedRow[]> {
    const order = completeImport(stored);
    const context = this.contextOf(order, order.dialect);
    const owners = new Map<string, Promise<Owner | Rejection>>();
    const ownerOf = (reading: ImportRow): Promise<Owner | Rejection> => {
      const key = `${reading.isLink} ${reading.ownerId ?? ''}`;
      const owner = owners.get(key) ?? this.ownerOf(order.workspaceId, reading);
      owners.set(key, owner);
      return owner;
    };
    return Promise.all(
      rows.map(async ({ line, fields }, i): Promise<JudgedRow> => {
        const place = { row: firstRow + i, line };
        const refused = (said: Rejection): JudgedRow => ({ ...place, said, notices: [], additions: {} });
        const surplus = surplusRejection(fields, order.columns);
        if (surplus) return refused(surplus);
        const reading = readRow(cellsOf(fields, order.header), context);
        if ('reason' in reading) return refused(reading);
        const owner = await ownerOf(reading);
        if ('reason' in owner) return refused(owner);
        const { notices, additions } = reading;
        return { ...place, said: toEvent(order, place.row, reading, owner), notices, additions };
      }),
    );
  }

  private contextOf({ header, conventions, createdAt }: ConversionImport, dialect: NetworkDialect): RowContext {
    const provesItself = (value: string): boolean => this.clickIds.read(value).ok;
    return { header, dialect, conventions, now: createdAt, provesItself };
  }

  private async ownerOf(
    workspaceId: WorkspaceId,
    { ownerId, isLink, eventType }: ImportRow,
  ): Promise<Owner | Rejection> {
    if (ownerId === null) return NAMELESS;
    if (isLink && !isId('lnk', ownerId)) return rejected('unknown_link', NO_SUCH_LINK);
    const attribution = await this.conversions.attribute(workspaceId, ownerId, eventType);
    if (attribution.ok) return attribution.isTest ? rejected('test_click_id', TEST_CLICK) : attribution;
    if (isLink) return rejected('unknown_link', NO_SUCH_LINK);
    return rejected(attribution.reason, clickIdHint(attribution.reason, ownerId));
  }
}

/** A row with unquoted separators in it has its values in the wrong columns. */
function surplusRejection(fields: readonly string[], columns: number | undefined): Rejection | undefined {
  if (columns === undefined || surplusCells(fields, columns).length === 0) return undefined;
  return rejected('too_many_cells', surplusHint(fields, columns));
}

function toEvent(order: ConversionImport, row: number, reading: ImportRow, owner: Owner): ConversionEvent {
  const {
    eventType,
    isChargeback,
    isRejection = false,
    status,
    networkStatus,
    payout,
    isCurrencyNamed,
    txid,
    playerId,
    time,
    note,
  } = reading;
  return {
    origin: 'import',
    networkId: order.networkId,
    linkId: owner.linkId,
    clickId: owner.clickId,
    clickedAt: owner.clickedAt,
    eventType,
    isChargeback,
    isRejection,
    status,
    networkStatus,
    amount: payout && { payout, revenue: null },
    isCurrencyNamed,
    txid,
    playerId,
    at: time ?? order.at,
    isTimed: time !== null,
    sourceId: `${order._id}:${row}`,
    note,
    // Else the same file twice would count twice what has no transaction id.
    countRepeats: false,
    isOtherNetwork: order.networkId !== null && ![null, order.networkId].includes(owner.linkNetworkId),
    transactions: order.transactions,
  };
}

const NO_SUCH_LINK = 'There is no such link in this workspace.';
const TEST_CLICK = 'It was made for a test, which never enters the numbers.';
