import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBAppender, type DuckDBConnection, DuckDBInstance, listValue, LIST, VARCHAR } from '@duckdb/node-api';
import type { ClickKey, ClickFact, ConversionFact, CostFact, LinkFact } from '../../rules/facts.js';
import { appendClick, appendClickKey, appendConversion, appendLink, appendRows, appendText } from './append-facts.js';
import { CostSpread, type TimeSpan } from './cost-spread.js';
import { FactsLoader } from './facts-loader.js';
import { CREATE_TABLES, FACTS_VERSION } from './facts-schema.js';
import { TextNumbers } from './text-numbers.js';

// src/reports/reader/facts: the DuckDB file with the copy of clicks, conversions, links and costs. facts-schema.ts has its tables,
// append-facts.ts makes their rows, text-numbers.ts numbers texts, facts-loader.ts adds the rows of a first load, cost-spread.ts
// spreads uploaded costs over clicks. Start here.

const FILE = /^facts-(\d+)\.duckdb$/;
const MOST_THREADS = 2;
const OPTIONS = {
  threads: String(MOST_THREADS),
  // With Node's own memory and DuckDB's allocations outside of it the process stays below 1 GB.
  memory_limit: '500MB',
  max_temp_directory_size: '4GB',
  // The copy never loads code: not from the disk, and not from another host.
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  // Groups that do not fit into the memory can be written to the disk in any order.
  preserve_insertion_order: 'false',
  // Up to so many bits, groups are places of an array instead of a hash table: half of the time for two dimensions.
  perfect_ht_threshold: '16',
} as const;
/** While a copy is loaded, its log is written into the tables rarely: it takes less time, and makes a smaller file. */
const LOAD_CHECKPOINT = '512MB';

/** Changes of the copy that belong together. What is removed is removed before rows are added. */
export interface FactChanges {
  removedClicks: ClickKey[];
  clicks: ClickFact[];
  removedConversions: string[];
  conversions: ConversionFact[];
  removedLinks: string[];
  links: LinkFact[];
  removedCosts: string[];
  costs: CostFact[];
}

export function noChanges(): FactChanges {
  return {
    removedClicks: [],
    clicks: [],
    removedConversions: [],
    conversions: [],
    removedLinks: [],
    links: [],
    removedCosts: [],
    costs: [],
  };
}

/** The state of a copy that is stored with its rows. */
export interface CopyState {
  /** Where the change stream continues. `undefined` until the first load is complete. */
  resumeToken: unknown;
  /** Whether the rows of MongoDB were all loaded once. */
  isComplete: boolean;
}

/** A file with the copy of clicks, conversions and links. One connection writes; questions have connections of their own. */
export class FactsDatabase {
  private readonly costs: CostSpread;
  private threads = MOST_THREADS;
  private numbers: TextNumbers | undefined;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
    readonly path: string,
  ) {
    this.costs = new CostSpread(writer);
  }

  /** The newest complete copy in the folder; older and unfinished ones are deleted. `undefined` when there is none. */
  static async openNewest(folder: string): Promise<FactsDatabase | undefined> {
    mkdirSync(folder, { recursive: true });
    let newest: FactsDatabase | undefined;
    for (const number of numbersIn(folder).reverse()) {
      const path = pathOf(folder, number);
      if (newest === undefined) newest = await openUsable(path);
      if (newest?.path !== path) deleteCopy(path);
    }
    return newest;
  }

  /** A new, empty copy beside those that are there. */
  static async create(folder: string): Promise<FactsDatabase> {
    mkdirSync(folder, { recursive: true });
    const path = pathOf(folder, (numbersIn(folder).at(-1) ?? 0) + 1);
    const database = await FactsDatabase.open(path);
    await database.writer.run(CREATE_TABLES);
    await database.writer.run(`SET checkpoint_threshold = '${LOAD_CHECKPOINT}'`);
    return database;
  }

  /** @throws Error when the file is damaged or was written by a newer DuckDB. */
  static async open(path: string): Promise<FactsDatabase> {
    const instance = await DuckDBInstance.create(path, { ...OPTIONS, temp_directory: `${path}.tmp` });
    return new FactsDatabase(instance, await instance.connect(), path);
  }

  async readState(): Promise<CopyState & { version: number }> {
    const reader = await this.writer.runAndReadAll('SELECT version, resume_token, is_complete FROM copy_state');
    const [version, token, isComplete] = reader.getRows()[0] as [number, string | null, boolean];
    return { version, resumeToken: token === null ? undefined : JSON.parse(token), isComplete };
  }

  /** Runs statements on one thread, or on all of those that it may use. */
  async useOneThread(isOnlyOne: boolean): Promise<void> {
    const threads = isOnlyOne ? 1 : MOST_THREADS;
    if (threads === this.threads) return;
    await this.writer.run(`SET threads = ${threads}`);
    this.threads = threads;
  }

  /** A connection for questions. The caller closes it. */
  connect(): Promise<DuckDBConnection> {
    return this.instance.connect();
  }

  /** Applies changes and moves the resume token, in one transaction. After an error nothing of them is stored. */
  async apply(changes: FactChanges, resumeToken: unknown): Promise<void> {
    await this.inTransaction(async () => {
      const numbers = (this.numbers ??= await TextNumbers.read(this.writer));
      await this.removeClicks(changes.removedClicks);
      await this.removeByIds('conversions', changes.removedConversions);
      const hasMovedLinks = await this.hasMovedLinks(changes);
      await this.removeByIds('links', changes.removedLinks);
      await this.costs.remove(changes.removedCosts);
      await this.append('clicks', changes.clicks, (appender, row) => appendClick(appender, row, numbers));
      await this.append('conversions', changes.conversions, (appender, row) =>
        appendConversion(appender, row, numbers),
      );
      await this.append('links', changes.links, (appender, row) => appendLink(appender, row, numbers));
      await this.costs.add(changes.costs, numbers);
      await this.append('texts', numbers.takeAdded(), appendText);
      if (resumeToken === undefined) return; // while it is loaded; see spreadCosts
      await this.spreadChanges(changes, hasMovedLinks);
      await this.writer.run('UPDATE copy_state SET resume_token = $1', [JSON.stringify(resumeToken)]);
    });
  }

  /** Begins a first load. After an error in it, the copy must be deleted. */
  async startLoad(): Promise<FactsLoader> {
    return new FactsLoader(this.writer, (this.numbers ??= await TextNumbers.read(this.writer)));
  }

  /** Spreads all uploaded costs, after all rows were loaded. */
  spreadCosts(): Promise<void> {
    return this.inTransaction(() => this.costs.spread());
  }

  /** Marks the first load as complete. */
  async complete(): Promise<void> {
    await this.writer.run('UPDATE copy_state SET is_complete = TRUE');
    await this.writer.run('RESET checkpoint_threshold');
    await this.writer.run('CHECKPOINT');
  }

  close(): void {
    this.writer.closeSync();
    this.instance.closeSync();
  }

  /** Closes and deletes it. */
  delete(): void {
    this.close();
    deleteCopy(this.path);
  }

  private async inTransaction(work: () => Promise<void>): Promise<void> {
    await this.writer.run('BEGIN');
    try {
      await work();
      await this.writer.run('COMMIT');
    } catch (error) {
      this.numbers = undefined; // those that were new are not stored
      this.costs.forget();
      await this.writer.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /** Whether a link with clicks gets another campaign, by which costs may be spread. Links are not removed yet. */
  private async hasMovedLinks({ removedLinks, links }: FactChanges): Promise<boolean> {
    if (removedLinks.length + links.length === 0 || !(await this.costs.hasCampaigns())) return false;
    const reader = await this.writer.runAndReadAll(
      'SELECT id, campaign FROM links WHERE id IN (SELECT unnest($1))',
      [listValue(removedLinks)],
      [LIST(VARCHAR)],
    );
    const before = new Map(reader.getRows() as [string, string | null][]);
    const after = new Map(links.map(({ id, campaign }) => [id, campaign]));
    const ids = [...new Set([...before.keys(), ...after.keys()])];
    const moved = ids.filter((id) => (before.get(id) ?? null) !== (after.get(id) ?? null));
    return moved.length > 0 && (await this.costs.haveClicks(moved));
  }

  private async spreadChanges({ costs, removedClicks, clicks }: FactChanges, hasMovedLinks: boolean): Promise<void> {
    const times = [...removedClicks, ...clicks.map(({ key }) => key)].map(({ atMs }) => atMs);
    for (const { fromMs, toMs } of costs) times.push(fromMs, toMs - 1);
    if (hasMovedLinks) await this.costs.releaseCampaigns();
    if (hasMovedLinks || times.includes(undefined)) await this.costs.spread();
    else if (times.length > 0) await this.costs.spread(spanOf(times as number[]));
  }

  private async removeClicks(keys: readonly ClickKey[]): Promise<void> {
    if (keys.length === 0) return;
    await this.writer.run('CREATE OR REPLACE TEMP TABLE removed (at_ms BIGINT, code BIGINT)');
    await this.append('removed', keys, appendClickKey);
    // The bounds let DuckDB skip the parts of the table that hold other times.
    await this.writer.run(`
      DELETE FROM clicks USING removed WHERE clicks.at_ms = removed.at_ms AND clicks.code = removed.code
        AND clicks.at_ms BETWEEN (SELECT min(at_ms) FROM removed) AND (SELECT max(at_ms) FROM removed)`);
    await this.writer.run(
      'DELETE FROM clicks USING removed WHERE removed.at_ms IS NULL AND clicks.code = removed.code',
    );
    await this.writer.run('DROP TABLE removed');
  }

  private async removeByIds(table: 'conversions' | 'links', ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.writer.run(`DELETE FROM ${table} WHERE id IN (SELECT unnest($1))`, [listValue(ids)], [LIST(VARCHAR)]);
  }

  private async append<T>(
    table: string,
    rows: readonly T[],
    appendRow: (to: DuckDBAppender, row: T) => void,
  ): Promise<void> {
    if (rows.length > 0) await appendRows(this.writer, table, rows, appendRow);
  }
}

function spanOf(times: readonly number[]): TimeSpan {
  let span: TimeSpan = { first: Infinity, last: -Infinity };
  for (const at of times) span = { first: Math.min(span.first, at), last: Math.max(span.last, at) };
  return span;
}

function numbersIn(folder: string): number[] {
  const numbers = readdirSync(folder).flatMap((name) => FILE.exec(name)?.[1] ?? []);
  return numbers.map(Number).sort((a, b) => a - b);
}

function pathOf(folder: string, number: number): string {
  return join(folder, `facts-${number}.duckdb`);
}

/**
 * Opens a complete copy of this version. A damaged, unfinished or foreign file is not an error: it is made again.
 * @throws Error while another process has it open.
 */
async function openUsable(path: string): Promise<FactsDatabase | undefined> {
  let database: FactsDatabase | undefined;
  try {
    database = await FactsDatabase.open(path);
    const { version, isComplete, resumeToken } = await database.readState();
    if (version === FACTS_VERSION && isComplete && resumeToken !== undefined) return database;
  } catch (error) {
    // An earlier reader is still ending.
    if (/could not set lock/i.test((error as Error).message)) throw error;
  }
  database?.close();
  return undefined;
}

function deleteCopy(path: string): void {
  for (const file of [path, `${path}.wal`, `${path}.tmp`]) {
    if (existsSync(file)) rmSync(file, { recursive: true, force: true });
  }
}
