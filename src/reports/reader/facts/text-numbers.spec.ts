import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clickIdAt } from '../../../../test/support/reports/random-facts.js';
import { type ClickFact, toClickFact, toConversionFact } from '../../rules/facts.js';
import { FactsDatabase, noChanges } from './facts-database.js';

let folder: string;
let database: FactsDatabase;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-numbers-'));
  database = await FactsDatabase.create(folder);
});
afterEach(() => {
  database.delete();
  rmSync(folder, { recursive: true, force: true });
});

const AT = new Date('2026-11-20T12:00:00Z');

function click(number: number, linkId: string, country?: string): ClickFact {
  const document = { _id: clickIdAt(AT, number), workspaceId: 'wsp_1', linkId, at: AT, country };
  return toClickFact(document) as ClickFact;
}

async function linksAndCountries(): Promise<unknown[][]> {
  const connection = await database.connect();
  const found = await connection.runAndReadAll(`
    SELECT l.text, f.link, c.text, f.country FROM clicks f
    LEFT JOIN texts l ON l.field = 'link' AND l.number = f.link
    LEFT JOIN texts c ON c.field = 'country' AND c.number = f.country ORDER BY f.code, f.link`);
  connection.closeSync();
  return found.getRows() as unknown[][];
}

describe('the numbers of texts', () => {
  it('are from 1 in each field, and 0 without a text', async () => {
    await database.apply({ ...noChanges(), clicks: [click(1, 'lnk_1', 'DE'), click(2, 'lnk_2', 'DE')] }, {});
    await database.apply({ ...noChanges(), clicks: [click(3, 'lnk_1', 'AT'), click(4, 'lnk_2')] }, {});
    expect(await linksAndCountries()).toEqual([
      ['lnk_1', 1, 'DE', 1],
      ['lnk_2', 2, 'DE', 1],
      ['lnk_1', 1, 'AT', 2],
      ['lnk_2', 2, null, 0],
    ]);
  });

  it('are forgotten with a transaction that failed', async () => {
    const invalid = { amount: 'x', currency: 'EUR' };
    const conversion = toConversionFact({
      _id: 'cnv_1',
      workspaceId: 'wsp_1',
      linkId: 'lnk_lost',
      eventType: 'ftd',
      status: 'approved',
      isFtd: true,
      convertedAt: AT,
      revenue: invalid,
    });
    const changes = { ...noChanges(), clicks: [click(1, 'lnk_lost', 'US')], conversions: [conversion] };
    await expect(database.apply(changes, {})).rejects.toThrow();
    await database.apply({ ...noChanges(), clicks: [click(2, 'lnk_1', 'DE')] }, {});
    expect(await linksAndCountries()).toEqual([['lnk_1', 1, 'DE', 1]]);
  });

  it('continue after a first load and in a file that is opened again', async () => {
    const loader = await database.startLoad();
    for (let number = 0; number < 30; number++) {
      const isStored = await loader.addClicks(Array.from({ length: 1_000 }, () => click(number, `lnk_${number % 2}`)));
      expect(isStored).toBe(number % 10 === 9);
    }
    await loader.addClicks([click(31, 'lnk_2', 'DE')]);
    await loader.finish();
    const { path } = database;
    database.close();
    database = await FactsDatabase.open(path);
    await database.apply({ ...noChanges(), clicks: [click(32, 'lnk_3', 'DE'), click(33, 'lnk_0', 'AT')] }, {});
    const rows = await linksAndCountries();
    expect(rows).toHaveLength(30_003);
    expect(rows.slice(-3)).toEqual([
      ['lnk_2', 3, 'DE', 1],
      ['lnk_3', 4, 'DE', 1],
      ['lnk_0', 1, 'AT', 2],
    ]);
  });
});
