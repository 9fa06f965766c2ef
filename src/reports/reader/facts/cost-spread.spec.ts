import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clickIdAt } from '../../../../test/support/reports/random-facts.js';
import {
  type ClickDocument,
  clickKeyOf,
  type ClickFact,
  type CostEntryDocument,
  type CostFact,
  type LinkFact,
  toClickFact,
  toCostFact,
  toLinkFact,
} from '../../rules/facts.js';
import { FactsDatabase, noChanges } from './facts-database.js';

let folder: string;
let database: FactsDatabase;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-costs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  database = await FactsDatabase.create(folder);
  await apply({ links: [link('lnk_1', 'spring'), link('lnk_2', 'summer')] });
});
afterEach(() => database.delete());

const DAY = '2026-11-20';
const NEXT_DAY = '2026-11-21';

function apply(changes: Partial<Parameters<FactsDatabase['apply']>[0]>): Promise<void> {
  return database.apply({ ...noChanges(), ...changes }, {});
}

function link(id: string, campaign: string): LinkFact {
  return toLinkFact({ _id: id, workspaceId: 'wsp_1', hostname: 'go.example.com', slug: id, campaign });
}

function documentOf(number: number, fields: Partial<ClickDocument> = {}): ClickDocument {
  const at = new Date(`${DAY}T12:00:00Z`);
  return { _id: clickIdAt(at, number), workspaceId: 'wsp_1', linkId: 'lnk_1', at, subs: { sub1: 'x' }, ...fields };
}

function click(number: number, fields: Partial<ClickDocument> = {}): ClickFact {
  return toClickFact(documentOf(number, fields)) as ClickFact;
}

function cost(amount: string, by: CostEntryDocument['by'], id = 'cst_1'): CostFact {
  const period = { from: new Date(`${DAY}T00:00:00Z`), to: new Date(`${NEXT_DAY}T00:00:00Z`) };
  return toCostFact({ _id: id, workspaceId: 'wsp_1', ...period, by, cost: { amount, currency: 'EUR' } });
}

/** The shares of each cost, by its id, and the number of clicks with their own cost. */
async function shares(): Promise<Record<string, string>> {
  const connection = await database.connect();
  const found = await connection.runAndReadAll(
    `SELECT coalesce(e.id, 'own'), count(*)::INTEGER, CAST(max(e.share) AS VARCHAR) FROM clicks f
      LEFT JOIN cost_entries e ON e.number = f.entry GROUP BY 1 ORDER BY 1`,
  );
  connection.closeSync();
  const rows = found.getRows() as [string, number, string | null][];
  return Object.fromEntries(
    rows.map(([id, clicks, share]) => [id, share === null ? `${clicks}` : `${clicks} × ${share}`]),
  );
}

describe('an uploaded cost', () => {
  it('is spread over the clicks that are there, and again when others come and go', async () => {
    await apply({ clicks: [click(1), click(2), click(3, { subs: { sub1: 'y' } })] });
    await apply({ costs: [cost('3', { sub1: 'x' })] });
    expect(await shares()).toEqual({ cst_1: '2 × 1.500000000000000000', own: '1' });
    await apply({ clicks: [click(4)] });
    expect(await shares()).toEqual({ cst_1: '3 × 1.000000000000000000', own: '1' });
    await apply({ removedClicks: [clickKeyOf(documentOf(1)._id), clickKeyOf(documentOf(2)._id)] });
    expect(await shares()).toEqual({ cst_1: '1 × 3.000000000000000000', own: '1' });
  });

  it('is cut to eighteen decimals', async () => {
    await apply({ clicks: [click(1), click(2), click(3)], costs: [cost('2', {})] });
    expect(await shares()).toEqual({ cst_1: '3 × 0.666666666666666666' });
  });

  it('waits for its clicks', async () => {
    await apply({ costs: [cost('3', { sub1: 'x' })] });
    expect(await shares()).toEqual({});
    await apply({ clicks: [click(1)] });
    expect(await shares()).toEqual({ cst_1: '1 × 3.000000000000000000' });
  });

  it('takes only clicks of its day that a source bills', async () => {
    const clicks = [
      click(1, { at: new Date(`${DAY}T00:00:00Z`) }),
      click(2, { at: new Date(`${DAY}T23:59:59.999Z`) }),
      click(3, { at: new Date(`${NEXT_DAY}T00:00:00Z`) }),
      click(4, { botReason: 'user_agent' }),
      click(5, { botReason: 'visitor_rule' }),
      click(6, { workspaceId: 'wsp_2' }),
    ];
    await apply({ clicks, costs: [cost('3', {})] });
    expect(await shares()).toEqual({ cst_1: '3 × 1.000000000000000000', own: '3' });
  });

  it('moves with the campaign of a link', async () => {
    await apply({ clicks: [click(1), click(2, { linkId: 'lnk_2' })], costs: [cost('3', { campaign: 'spring' })] });
    expect(await shares()).toEqual({ cst_1: '1 × 3.000000000000000000', own: '1' });
    await apply({ removedLinks: ['lnk_2'], links: [link('lnk_2', 'spring')] });
    expect(await shares()).toEqual({ cst_1: '2 × 1.500000000000000000' });
    await apply({ removedLinks: ['lnk_1'], links: [link('lnk_1', 'autumn')] });
    expect(await shares()).toEqual({ cst_1: '1 × 3.000000000000000000', own: '1' });
  });

  it('can be replaced and removed', async () => {
    await apply({ clicks: [click(1), click(2)], costs: [cost('3', {}), cost('9', { sub1: 'y' }, 'cst_other')] });
    await apply({ removedCosts: ['cst_other'] });
    await apply({ removedCosts: ['cst_1'], costs: [cost('4', {})] });
    expect(await shares()).toEqual({ cst_1: '2 × 2.000000000000000000' });
    await apply({ removedCosts: ['cst_1'] });
    expect(await shares()).toEqual({ own: '2' });
  });
});
