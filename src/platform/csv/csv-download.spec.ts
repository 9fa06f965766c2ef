import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { csvStream } from './csv-download.js';

const columns = [
  { name: 'n', cell: (n: number) => n },
  { name: 'text', cell: (n: number) => 'x'.repeat(n % 100) },
];

interface Rows {
  rows: AsyncGenerator<number>;
  read: number;
  isClosed: boolean;
}
const rowsUpTo = (count: number): Rows => {
  const state = { read: 0, isClosed: false };
  const rows = (async function* () {
    try {
      for (let n = 1; n <= count; n++) {
        state.read = n;
        yield n;
      }
    } finally {
      state.isClosed = true;
    }
  })();
  return Object.assign(state, { rows });
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a CSV stream', () => {
  it('has a header row and all the rows', async () => {
    const made = rowsUpTo(10_000);
    const lines = (await text(await csvStream(columns, made.rows))).split('\r\n');
    expect(lines.slice(0, 3)).toEqual(['n,text', '1,x', '2,xx']);
    expect(lines.at(-2)).toBe('10000,');
    expect(lines).toHaveLength(10_002);
    expect(made.isClosed).toBe(true);
  });

  it('has the header row alone when there is nothing', async () => {
    expect(await text(await csvStream(columns, rowsUpTo(0).rows))).toBe('n,text\r\n');
  });

  it('reads no further than it is read', async () => {
    const made = rowsUpTo(1_000_000);
    const stream = await csvStream(columns, made.rows);
    stream.read();
    for (let i = 0; i < 100; i++) await turn();
    expect(made.read).toBeLessThan(5_000);
    stream.destroy();
  });

  it('ends the reading when it is ended, read or not', async () => {
    for (const read of [true, false]) {
      const made = rowsUpTo(1_000_000);
      const stream = await csvStream(columns, made.rows);
      if (read) stream.read();
      stream.destroy();
      for (let i = 0; i < 100 && !made.isClosed; i++) await turn();
      expect(made.isClosed).toBe(true);
    }
  });

  it('throws what fails before the first row, and breaks on what fails later', async () => {
    const failing = async function* (after: number): AsyncGenerator<number> {
      yield* rowsUpTo(after).rows;
      throw new Error('away');
    };
    await expect(csvStream(columns, failing(0))).rejects.toThrow('away');
    await expect(text(await csvStream(columns, failing(10_000)))).rejects.toThrow('away');
  });
});
