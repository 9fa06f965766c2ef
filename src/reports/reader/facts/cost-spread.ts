import { type DuckDBConnection, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { BILLED_BOT_REASONS, COST_DIMENSIONS, type CostFact } from '../../rules/facts.js';
import { NO_TEXT } from '../../rules/numbered-texts.js';
import { SqlValues } from '../../rules/sql/sql-values.js';
import { parseScaledAmount } from '../../../platform/money/scaled-amount.js';
import { appendCostEntry, appendRows, appendShare, SHARE_DECIMALS } from './append-facts.js';
import type { TextNumbers } from './text-numbers.js';

const DAY_MS = 86_400_000;
const BILLED_BOTS = BILLED_BOT_REASONS.flatMap((reason) => (reason === null ? [] : `'${reason}'`)).join(', ');
const BILLED = `SELECT ${NO_TEXT} UNION ALL SELECT number FROM texts WHERE field = 'bot_reason' AND text IN (${BILLED_BOTS})`;

/** Times of clicks, in milliseconds since 1970. Both ends are in it. */
export interface TimeSpan {
  first: number;
  last: number;
}

/**
 * Spreads uploaded costs over their clicks: `clicks.entry` names the entry of a click, `cost_entries.share` is what each of
 * its clicks costs. Entries of a workspace never have clicks in common. All runs within the transaction of the caller, so that
 * the shares of an entry are its amount at all times.
 */
export class CostSpread {
  private entries: number | undefined;
  private lastNumber = 0;

  constructor(private readonly writer: DuckDBConnection) {}

  /** Call it after a rollback. */
  forget(): void {
    this.entries = undefined;
  }

  async hasEntries(): Promise<boolean> {
    if (this.entries === undefined) {
      const [row] = await this.read('SELECT count(*)::INTEGER, coalesce(max(number), 0) FROM cost_entries');
      [this.entries, this.lastNumber] = row as [number, number];
    }
    return this.entries > 0;
  }

  /** Removes entries: their clicks have their own cost again. */
  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0 || !(await this.hasEntries())) return;
    const chosen = 'SELECT unnest($1)';
    const release = `UPDATE clicks SET entry = NULL WHERE entry IN (SELECT number FROM cost_entries WHERE id IN (${chosen}))`;
    await this.writer.run(release, [listValue(ids)], [LIST(VARCHAR)]);
    await this.writer.run(`DELETE FROM cost_entries WHERE id IN (${chosen})`, [listValue(ids)], [LIST(VARCHAR)]);
    this.forget();
  }

  async add(costs: readonly CostFact[], numbers: TextNumbers): Promise<void> {
    if (costs.length === 0) return;
    await this.hasEntries(); // for the last number
    const numbered = costs.map((cost) => ({ ...cost, number: ++this.lastNumber }));
    await appendRows(this.writer, 'cost_entries', numbered, (appender, row) => appendCostEntry(appender, row, numbers));
    this.entries = (this.entries ?? 0) + costs.length;
  }

  /** Releases the clicks of entries by campaign, for a link that has another one. `spread` assigns them again. */
  async releaseCampaigns(): Promise<void> {
    await this.writer.run(
      'UPDATE clicks SET entry = NULL WHERE entry IN (SELECT number FROM cost_entries WHERE campaign IS NOT NULL)',
    );
  }

  /** Whether one of the links has clicks. */
  async haveClicks(links: readonly string[]): Promise<boolean> {
    const found = await this.writer.runAndReadAll(
      `SELECT 1 FROM clicks WHERE link IN (
        SELECT number FROM texts WHERE field = 'link' AND text IN (SELECT unnest($1))) LIMIT 1`,
      [listValue(links)],
      [LIST(VARCHAR)],
    );
    return found.getRows().length > 0;
  }

  async hasCampaigns(): Promise<boolean> {
    return (
      (await this.hasEntries()) &&
      (await this.read('SELECT 1 FROM cost_entries WHERE campaign IS NOT NULL LIMIT 1')).length > 0
    );
  }

  /**
   * Assigns clicks to their entries, and computes the shares.
   * @param span only clicks in it may have changed.
   */
  async spread(span?: TimeSpan): Promise<void> {
    if (!(await this.hasEntries())) return;
    const overlap = span && `from_ms <= ${SqlValues.integer(span.last)} AND to_ms > ${SqlValues.integer(span.first)}`;
    const entries = `SELECT * FROM cost_entries${overlap === undefined ? '' : ` WHERE ${overlap}`}`;
    const sets = await this.read(`SELECT dimensions, min(from_ms), max(to_ms) FROM (${entries}) GROUP BY 1 ORDER BY 1`);
    if (sets.length === 0) return;
    for (const [dimensions] of sets) await this.assign(String(dimensions), entries, span);
    const from = Math.min(...sets.map(([, first]) => Number(first)));
    const to = Math.max(...sets.map(([, , end]) => Number(end)));
    await this.computeShares(entries, { from, to });
  }

  /** Joined by the UTC days that an entry touches, so that a click is compared with few entries. */
  private async assign(dimensions: string, entries: string, span: TimeSpan | undefined): Promise<void> {
    const named = COST_DIMENSIONS.filter((dimension) => dimensions.split(',').includes(dimension));
    const own = named.filter((dimension) => dimension !== 'campaign').map((column) => `f.${column} = e.${column}`);
    const byCampaign = named.includes('campaign');
    const conditions = [
      'f.ws = e.ws',
      `f.at_ms // ${DAY_MS} = e.utc_day`,
      'f.at_ms >= e.from_ms',
      'f.at_ms < e.to_ms',
      'f.entry IS DISTINCT FROM e.number',
      `e.dimensions = '${named.join()}'`,
      `f.bot_reason IN (${BILLED})`,
      ...own,
      ...(byCampaign ? ['l.ws = f.ws', 'l.link = f.link', 'l.campaign = e.campaign'] : []),
      ...(span ? [`f.at_ms >= ${SqlValues.integer(span.first)}`, `f.at_ms <= ${SqlValues.integer(span.last)}`] : []),
    ];
    const days = `unnest(range(from_ms // ${DAY_MS}, (to_ms - 1) // ${DAY_MS} + 1)) AS utc_day`;
    await this.writer.run(`
      UPDATE clicks AS f SET entry = e.number FROM (SELECT *, ${days} FROM (${entries})) e${byCampaign ? ', links l' : ''}
      WHERE ${conditions.join(' AND ')}`);
  }

  private async computeShares(entries: string, { from, to }: { from: number; to: number }): Promise<void> {
    const changed = await this.read(`
      SELECT e.number, CAST(e.amount AS VARCHAR), n.clicks
      FROM (${entries}) e JOIN (
        SELECT e.number, count(f.entry) AS clicks FROM (${entries}) e
        LEFT JOIN (SELECT entry FROM clicks WHERE entry IS NOT NULL AND at_ms >= ${SqlValues.integer(from)} AND at_ms < ${SqlValues.integer(to)}) f
        ON f.entry = e.number GROUP BY 1) n ON n.number = e.number
      WHERE e.clicks <> n.clicks`);
    if (changed.length === 0) return;
    await this.writer.run('CREATE OR REPLACE TEMP TABLE spread (number INTEGER, clicks BIGINT, share DECIMAL(38, 18))');
    const rows = changed as [number, string, bigint][];
    await appendRows(this.writer, 'spread', rows, (appender, [number, amount, clicks]) => {
      appender.appendInteger(number);
      appendShare(appender, { clicks, share: clicks === 0n ? 0n : parseScaledAmount(amount, SHARE_DECIMALS) / clicks });
    });
    await this.writer.run(`
      UPDATE cost_entries SET clicks = spread.clicks, share = spread.share FROM spread
      WHERE spread.number = cost_entries.number`);
    await this.writer.run('DROP TABLE spread');
  }

  private async read(sql: string): Promise<unknown[][]> {
    return (await this.writer.runAndReadAll(sql)).getRows();
  }
}
