import { Injectable } from '@nestjs/common';
import { clickIdHint } from '../../clicks/rules/click-id-hint.js';
import { ClickIdService } from '../../clicks/click-id.service.js';
import type { RepeatPolicy } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { PresetCatalogue } from '../../networks/catalogue/preset-catalogue.service.js';
import { dialectOf } from '../../networks/rules/reading/dialect-of.js';
import type { MappingAdditions, NetworkDialect } from '../../networks/rules/reading/reading.js';
import { surplusCells, surplusHint } from '../../platform/csv/csv-table.js';
import { isId } from '../../platform/ids/ids.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { EventType } from '../../platform/vocabulary/conversion-words.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { ConversionEvent } from '../rules/conversion-event.js';
import { type Attribution, ConversionsService } from '../conversions.service.js';
import { completeImport } from './complete-import.js';
import type { ConversionImport } from './conversion-import.schema.js';
import type { ImportChunk } from './import-chunk.schema.js';
import {
  cellsOf,
  clickIdOfRow,
  type ConversionRow,
  readRow,
  rejected,
  type Rejection,
  type RowCells,
  type ConversionRowContext,
} from '../rules/import/import-row.js';

/** A row, and what it says of a conversion or why it says nothing. */
export interface JudgedRow {
  row: number;
  line: number;
  said: ConversionEvent | Rejection;
  /** Values that were dropped, guessed or left open. */
  notices: Notice[];
  additions: MappingAdditions;
}

/** The link and click of a row; a chargeback that names only its transaction has no link. */
type Owner = Omit<Extract<Attribution, { ok: true }>, 'linkId'> & { linkId: string | null };

const NAMELESS: Owner = { ok: true, linkId: null, linkNetworkId: null, clickId: null, clickedAt: null, isTest: false };

/** The network whose words a row uses, and the settings for its conversion. */
interface RowNetwork {
  /** `null`: by hand, or by a link of no network. */
  id: string | null;
  dialect: NetworkDialect;
  transactions: ConversionEvent['transactions'];
  repeats: Record<string, RepeatPolicy>;
}

/** Look-ups that the rows of one chunk share: each link, click and network is looked up once. */
interface Chunk {
  order: ConversionImport;
  /** Of the file's own network, or of none. */
  network: RowNetwork;
  ownerOf: (id: string, kind: 'click' | 'link', eventType: EventType) => Promise<Owner | Rejection>;
  networkOf: (id: string) => Promise<RowNetwork | Rejection>;
}

/** Says what the rows of a chunk mean, and of which link or click. Nothing is stored here. */
@Injectable()
export class ImportJudge {
  constructor(
    private readonly conversions: ConversionsService,
    private readonly clickIds: ClickIdService,
    private readonly networks: NetworksService,
    private readonly presets: PresetCatalogue,
  ) {}

  async judge(stored: ConversionImport, { rows, firstRow }: ImportChunk): Promise<JudgedRow[]> {
    const order = completeImport(stored);
    const { workspaceId, networkId, dialect, transactions, repeats } = order;
    const chunk: Chunk = {
      order,
      network: { id: networkId, dialect, transactions, repeats },
      ownerOf: once((id, kind, eventType) => this.ownerOf(workspaceId, id, kind, eventType)),
      networkOf: once((id) => this.networkOf(workspaceId, id)),
    };
    return Promise.all(
      rows.map(async ({ line, fields }, i): Promise<JudgedRow> => {
        const row = firstRow + i;
        const judged = await this.judgeRow(chunk, row, fields);
        return 'reason' in judged ? { row, line, said: judged, notices: [], additions: {} } : { row, line, ...judged };
      }),
    );
  }

  private async judgeRow(
    chunk: Chunk,
    row: number,
    fields: readonly string[],
  ): Promise<Omit<JudgedRow, 'row' | 'line'> | Rejection> {
    const { order } = chunk;
    const surplus = surplusRejection(fields, order.columns);
    if (surplus) return surplus;
    const cells = cellsOf(fields, order.header);
    const network = await this.networkOfRow(chunk, cells);
    if ('reason' in network) return network;
    const reading = readRow(cells, this.contextOf(order, network.dialect));
    if ('reason' in reading) return reading;
    const { ownerId, isLink, eventType, notices, additions } = reading;
    const owner = ownerId === null ? NAMELESS : await chunk.ownerOf(ownerId, isLink ? 'link' : 'click', eventType);
    if ('reason' in owner) return owner;
    return { said: toEvent(order, row, reading, owner, network), notices, additions };
  }

  /** The file's network; else the one that the row names, and where it has no such column the one of its link. */
  private async networkOfRow(chunk: Chunk, cells: RowCells): Promise<RowNetwork | Rejection> {
    const { order, network } = chunk;
    const { networkId } = cells.own;
    if (order.networkId !== null || networkId === '') return network;
    if (networkId !== undefined) return chunk.networkOf(networkId);
    const clickId = clickIdOfRow(cells, this.contextOf(order, network.dialect));
    const owner = clickId === undefined ? NAMELESS : await chunk.ownerOf(clickId, 'click', 'sale');
    if ('reason' in owner || owner.linkNetworkId === null) return network;
    const ofLink = await chunk.networkOf(owner.linkNetworkId);
    return 'reason' in ofLink ? network : ofLink; // deleted meanwhile: the link goes on without
  }

  private contextOf(
    { header, conventions, createdAt }: ConversionImport,
    dialect: NetworkDialect,
  ): ConversionRowContext {
    const provesItself = (value: string): boolean => this.clickIds.read(value).ok;
    return { header, dialect, conventions, now: createdAt, provesItself };
  }

  private async networkOf(workspaceId: WorkspaceId, id: string): Promise<RowNetwork | Rejection> {
    const network = isId('net', id) ? await this.networks.find(workspaceId, id) : undefined;
    if (network === undefined) return rejected('unknown_network', NO_SUCH_NETWORK);
    const { transactions, repeats } = network;
    return { id, dialect: dialectOf(network, this.presets.find(network.preset)), transactions, repeats };
  }

  private async ownerOf(
    workspaceId: WorkspaceId,
    id: string,
    kind: 'click' | 'link',
    eventType: EventType,
  ): Promise<Owner | Rejection> {
    if (kind === 'link' && !isId('lnk', id)) return rejected('unknown_link', NO_SUCH_LINK);
    const attribution = await this.conversions.attribute(workspaceId, id, eventType);
    if (attribution.ok) return attribution.isTest ? rejected('test_click_id', TEST_CLICK) : attribution;
    if (kind === 'link') return rejected('unknown_link', NO_SUCH_LINK);
    return rejected(attribution.reason, clickIdHint(attribution.reason, id));
  }
}

/** The same answer for the same question, asked once. */
function once<A extends readonly string[], T>(ask: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (...args) => {
    const key = args.join(' ');
    const answer = answers.get(key) ?? ask(...args);
    answers.set(key, answer);
    return answer;
  };
}

/** A row with unquoted separators in it has its values in the wrong columns. */
function surplusRejection(fields: readonly string[], columns: number | undefined): Rejection | undefined {
  if (columns === undefined || surplusCells(fields, columns).length === 0) return undefined;
  return rejected('too_many_cells', surplusHint(fields, columns));
}

function toEvent(
  order: ConversionImport,
  row: number,
  reading: ConversionRow,
  owner: Owner,
  network: RowNetwork,
): ConversionEvent {
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
    networkId: network.id,
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
    countRepeats: network.repeats[eventType] === 'count',
    // The same file again has the same rows: it must not count twice what has no transaction id.
    repeatId: `file:${order.fileHash ?? order._id}:${row}`,
    isOtherNetwork: network.id !== null && owner.linkNetworkId !== null && owner.linkNetworkId !== network.id,
    transactions: network.transactions,
  };
}

const NO_SUCH_NETWORK = 'There is no such network in this workspace.';
const NO_SUCH_LINK = 'There is no such link in this workspace.';
const TEST_CLICK = 'It was made for a test, which never enters the numbers.';
