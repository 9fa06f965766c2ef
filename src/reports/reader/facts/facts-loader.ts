import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import type { ClickFact, ConversionFact } from '../../rules/facts.js';
import { appendClick, appendConversion, appendRows, appendText } from './append-facts.js';
import type { TextNumbers } from './text-numbers.js';

/** Fewer cost DuckDB more for each row. More would be seen late in a report on a copy that is being loaded. */
const STORE_EVERY_ROWS = 10_000;

/**
 * Adds the rows of a first load. They come in small batches, so that the garbage of a batch is collected young, and are stored
 * in large ones: that saved a third of the processor time. Nothing else may be written meanwhile.
 */
export class FactsLoader {
  private rows = 0;
  private open: { table: string; appender: DuckDBAppender } | undefined;

  constructor(
    private readonly writer: DuckDBConnection,
    private readonly numbers: TextNumbers,
  ) {}

  /** @returns whether all rows until now are stored. */
  addClicks(rows: readonly ClickFact[]): Promise<boolean> {
    return this.add('clicks', rows, appendClick);
  }

  /** @returns whether all rows until now are stored. */
  addConversions(rows: readonly ConversionFact[]): Promise<boolean> {
    return this.add('conversions', rows, appendConversion);
  }

  /** Stores the last rows. */
  async finish(): Promise<void> {
    if (this.open === undefined) return;
    this.open.appender.closeSync();
    this.open = undefined;
    this.rows = 0;
    await appendRows(this.writer, 'texts', this.numbers.takeAdded(), appendText);
    await this.writer.run('COMMIT');
  }

  private async add<T>(
    table: string,
    rows: readonly T[],
    appendRow: (appender: DuckDBAppender, row: T, numbers: TextNumbers) => void,
  ): Promise<boolean> {
    const appender = await this.appenderOf(table);
    for (const row of rows) {
      appendRow(appender, row, this.numbers);
      appender.endRow();
    }
    this.rows += rows.length;
    if (this.rows < STORE_EVERY_ROWS) return false;
    await this.finish();
    return true;
  }

  private async appenderOf(table: string): Promise<DuckDBAppender> {
    if (this.open?.table === table) return this.open.appender;
    await this.finish();
    await this.writer.run('BEGIN');
    const appender = await this.writer.createAppender(table);
    this.open = { table, appender };
    return appender;
  }
}
