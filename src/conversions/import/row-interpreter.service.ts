import { Injectable } from '@nestjs/common';
import type { ImportChunk } from '../../imports/import-chunk.schema.js';
import { clickIdHint } from '../../clicks/rules/click-id-hint.js';
import { ClickIdService } from '../../clicks/click-id.service.js';
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
import { createEvent, type EventNetwork, type EventOwner, NO_OWNER } from '../rules/create-event.js';
import { ConversionsService } from '../conversions.service.js';
import type { ConversionFileRow, ConversionImport } from './conversion-import.js';
import { ChosenColumns } from '../rules/import/column-mapping.js';
import { type OwnColumn, ownColumns } from '../rules/import/import-columns.js';
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

/** A row, and the event that it reports or the reason why there is none. */
export interface InterpretedRow {
  row: number;
  line: number;
  result: ConversionEvent | Rejection;
  /** Values that were dropped, guessed or left open. */
  notices: Notice[];
  additions: MappingAdditions;
}

/** The network of a row, and how its words are read. */
interface RowNetwork extends EventNetwork {
  dialect: NetworkDialect;
}

/** The context of all rows of a chunk: each link, click and network is looked up once. */
interface ChunkContext {
  job: ConversionImport;
  chosen: ChosenColumns;
  /** The columns that only files have, by position. */
  own: (OwnColumn | undefined)[];
  /** The network of the file, if it has one. */
  network: RowNetwork;
  ownerOf: (id: string, kind: 'click' | 'link', eventType: EventType) => Promise<EventOwner | Rejection>;
  networkOf: (id: string) => Promise<RowNetwork | Rejection>;
}

/** Turns the rows of a chunk into events, and finds the link or click of each. Nothing is stored here. */
@Injectable()
export class RowInterpreter {
  constructor(
    private readonly conversions: ConversionsService,
    private readonly clickIds: ClickIdService,
    private readonly networks: NetworksService,
    private readonly presets: PresetCatalogue,
  ) {}

  async interpret(job: ConversionImport, { rows, firstRow }: ImportChunk): Promise<InterpretedRow[]> {
    const { workspaceId, networkId, dialect, transactions, repeats } = job;
    const chosen = new ChosenColumns(job.positions);
    const chunk: ChunkContext = {
      job,
      chosen,
      own: ownColumns(job.header, chosen),
      network: { id: networkId, dialect: chosen.applyTo(dialect), transactions, repeats },
      ownerOf: once((id, kind, eventType) => this.ownerOf(workspaceId, id, kind, eventType)),
      networkOf: once((id) => this.networkOf(workspaceId, id, chosen)),
    };
    return Promise.all(
      (rows as ConversionFileRow[]).map(async ({ line, fields }, i): Promise<InterpretedRow> => {
        const row = firstRow + i;
        const read = await this.interpretRow(chunk, row, fields);
        return 'reason' in read ? { row, line, result: read, notices: [], additions: {} } : { row, line, ...read };
      }),
    );
  }

  private async interpretRow(
    chunk: ChunkContext,
    row: number,
    fields: readonly string[],
  ): Promise<Omit<InterpretedRow, 'row' | 'line'> | Rejection> {
    const { job } = chunk;
    const surplus = surplusRejection(fields, job.columns);
    if (surplus) return surplus;
    const cells = cellsOf(fields, job.header, chunk.chosen, chunk.own);
    const network = await this.networkOfRow(chunk, cells);
    if ('reason' in network) return network;
    const reading = readRow(cells, this.contextOf(job, network.dialect));
    if ('reason' in reading) return reading;
    const { ownerId, isLink, eventType, notices, additions } = reading;
    const owner = ownerId === null ? NO_OWNER : await chunk.ownerOf(ownerId, isLink ? 'link' : 'click', eventType);
    if ('reason' in owner) return owner;
    return { result: toEvent(job, row, reading, owner, network), notices, additions };
  }

  /** The network of the file; else the one that the row names; else, without such a column, the one of its link. */
  private async networkOfRow(chunk: ChunkContext, cells: RowCells): Promise<RowNetwork | Rejection> {
    const { job, network } = chunk;
    const { networkId } = cells.own;
    if (job.networkId !== null || networkId === '') return network;
    if (networkId !== undefined) return chunk.networkOf(networkId);
    const clickId = clickIdOfRow(cells, this.contextOf(job, network.dialect));
    const owner = clickId === undefined ? NO_OWNER : await chunk.ownerOf(clickId, 'click', 'sale');
    if ('reason' in owner || owner.linkNetworkId === null) return network;
    const ofLink = await chunk.networkOf(owner.linkNetworkId);
    return 'reason' in ofLink ? network : ofLink; // the network was deleted meanwhile; its link stays
  }

  private contextOf(
    { header, conventions, createdAt }: ConversionImport,
    dialect: NetworkDialect,
  ): ConversionRowContext {
    const provesItself = (value: string): boolean => this.clickIds.read(value).ok;
    return { header, dialect, conventions, now: createdAt, provesItself };
  }

  private async networkOf(
    workspaceId: WorkspaceId,
    id: string,
    chosen: ChosenColumns,
  ): Promise<RowNetwork | Rejection> {
    const network = isId('net', id) ? await this.networks.find(workspaceId, id) : undefined;
    if (network === undefined) return rejected('unknown_network', NO_SUCH_NETWORK);
    const { transactions, repeats } = network;
    const dialect = chosen.applyTo(dialectOf(network, this.presets.find(network.preset)));
    return { id, dialect, transactions, repeats };
  }

  private async ownerOf(
    workspaceId: WorkspaceId,
    id: string,
    kind: 'click' | 'link',
    eventType: EventType,
  ): Promise<EventOwner | Rejection> {
    if (kind === 'link' && !isId('lnk', id)) return rejected('unknown_link', NO_SUCH_LINK);
    const attribution = await this.conversions.attribute(workspaceId, id, eventType);
    if (attribution.ok) return attribution.isTest ? rejected('test_click_id', TEST_CLICK) : attribution;
    if (kind === 'link') return rejected('unknown_link', NO_SUCH_LINK);
    return rejected(attribution.reason, clickIdHint(attribution.reason, id));
  }
}

/** Looks each value up once. */
function once<A extends readonly string[], T>(lookUp: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  const results = new Map<string, Promise<T>>();
  return (...args) => {
    const key = args.join(' ');
    const result = results.get(key) ?? lookUp(...args);
    results.set(key, result);
    return result;
  };
}

/** A row with unquoted separators in it has its values in the wrong columns. */
function surplusRejection(fields: readonly string[], columns: number | undefined): Rejection | undefined {
  if (columns === undefined || surplusCells(fields, columns).length === 0) return undefined;
  return rejected('too_many_cells', surplusHint(fields, columns));
}

function toEvent(
  { _id, at, fileHash }: ConversionImport,
  row: number,
  { time, note, ...reported }: ConversionRow,
  owner: EventOwner,
  network: RowNetwork,
): ConversionEvent {
  return createEvent(reported, owner, network, {
    origin: 'import',
    at: time ?? at,
    isTimed: time !== null,
    sourceId: `${_id}:${row}`,
    note,
    // The same file again has the same rows: it must not count twice what has no transaction id.
    repeatId: `file:${fileHash ?? _id}:${row}`,
  });
}

const NO_SUCH_NETWORK = 'There is no such network in this workspace.';
const NO_SUCH_LINK = 'There is no such link in this workspace.';
const TEST_CLICK = 'It was made for a test, which never enters the numbers.';
