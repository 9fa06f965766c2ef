import Big from 'big.js';
import { type Connection, createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CsvReader } from '../../src/platform/csv/csv-reader.js';
import { DnsServer } from '../support/servers/dns-server.js';
import { eventually } from '../support/eventually.js';
import {
  ask,
  type DataFolderFixture,
  type FolderAnswer,
  layOut,
  listDataFolders,
  readDataFolder,
} from '../support/system/data-folder.js';
import { cleanUp, temporaryFolder } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const PATIENCE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Texts that a version may word differently, and times that move: of the last use, check and pass of an erasure. */
const VOLATILE = new Set(['lastUsedAt', 'checks', 'checkedAt', 'hint', 'erasedAt']);
const NOTHING: Counts = { clicks: 0, humanClicks: 0, uniqueClicks: 0, conversions: 0, approved: 0, revenue: '0' };
const DIMENSIONS = ['link', 'sub1', 'country'] as const;

interface ClickDocument {
  _id: string;
  linkId: string;
  subs?: Record<string, string>;
  country?: string;
  region?: string;
  city?: string;
  asn?: number;
  os?: string;
  browser?: string;
  inApp?: string;
  rule?: string;
  variant?: string;
  botReason?: string;
  isUnique?: boolean;
}
interface ConversionDocument {
  _id: string;
  linkId: string;
  clickId: string | null;
  status: string;
  isFtd: boolean;
  revenue: { amount: string } | null;
  facts: (Partial<ClickDocument> & { subs: Record<string, string> }) | null;
}
interface ListedConversion {
  txid: string | null;
  clickId: string;
  status: string;
  payout: { amount: string } | null;
}
interface Counts {
  clicks: number;
  humanClicks: number;
  uniqueClicks: number;
  conversions: number;
  approved: number;
  revenue: string;
}
type ReportRow = Record<string, unknown> & Omit<Counts, 'revenue'> & { revenue: { amount: string } };
interface Report {
  rows: ReportRow[];
}
interface Rotation {
  lists: { variants: { name: string; clicks: number; conversions: number; share: number }[] }[];
}

let fixture: DataFolderFixture;
let dns: DnsServer;
let server: SystemServer;
let database: Connection;
let folder: string;

async function start(): Promise<void> {
  const env = {
    REPORTS: 'on',
    PUBLIC_URL: fixture.publicUrl,
    DNS_SERVERS: dns.address,
    TRUSTED_PROXIES: '127.0.0.1/32',
  };
  server = await SystemServer.start({ folder, env });
  database = await createConnection(server.embeddedMongodbUri()).asPromise();
}

function get(key: string, path: string): Promise<FolderAnswer> {
  return ask(server.port, `/api/v1${path}`, { headers: { authorization: `Bearer ${fixture.keys[key]}` } });
}

async function getJson<T>(key: string, path: string): Promise<T> {
  const { status, text } = await get(key, path);
  if (status !== 200) throw new Error(`GET ${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}

/** The compared part of an answer. A version may add columns to CSV, and rows of the same time are in any order. */
function comparable(body: unknown): unknown {
  if (typeof body === 'string') return readCsv(body);
  if (Array.isArray(body)) return body.map((one) => comparableValue(one));
  return comparableValue(body);
}

function comparableValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparableValue);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !VOLATILE.has(name));
  return Object.fromEntries(kept.map(([name, one]) => [name, comparableValue(one)]));
}

function readCsv(text: string): Record<string, string>[] {
  const reader = new CsvReader();
  const [header, ...rows] = [...reader.push(text), ...reader.end()].map(({ fields }) => fields);
  const sortedRows = rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return sortedRows.map((fields) => Object.fromEntries((header ?? []).map((name, i) => [name, fields[i] ?? ''])));
}

/** Expects all answers of the earlier version. */
async function expectAnswers(): Promise<void> {
  for (const { key, path, body } of fixture.answers) {
    const { status, text } = await get(key, path);
    expect(status, `${path} ${text.slice(0, 500)}`).toBe(200);
    const answered: unknown = typeof body === 'string' ? text : JSON.parse(text);
    expect(comparable(answered), `${key} ${path}`).toMatchObject(comparable(body) as object);
  }
}

async function workspaceIdOf(key: string): Promise<string> {
  return (await getJson<{ id: string }>(key, '/workspaces/usage')).id;
}

type Groups = [value: unknown, counts: Counts][];

/** The numbers of a workspace by a dimension, counted from the documents. */
async function recount(key: string, dimension: (typeof DIMENSIONS)[number]): Promise<Groups> {
  const workspaceId = await workspaceIdOf(key);
  const clicks = await database.collection<ClickDocument>('clicks').find({ workspaceId }).toArray();
  const conversions = await database.collection<ConversionDocument>('conversions').find({ workspaceId }).toArray();
  const counts = new Map<unknown, Counts>();
  const at = (value: unknown): Counts => {
    const group = counts.get(value) ?? { ...NOTHING };
    counts.set(value, group);
    return group;
  };
  for (const click of clicks) {
    const values = { link: click.linkId, sub1: click.subs?.['sub1'] ?? null, country: click.country ?? null };
    const group = at(values[dimension]);
    group.clicks++;
    if (click.botReason === undefined) group.humanClicks++;
    if (click.isUnique === true) group.uniqueClicks++;
  }
  for (const { linkId, facts, status, revenue } of conversions) {
    const values = { link: linkId, sub1: facts?.subs['sub1'] ?? null, country: facts?.country ?? null };
    const group = at(values[dimension]);
    group.conversions++;
    if (status !== 'approved') continue;
    group.approved++;
    group.revenue = new Big(group.revenue).plus(revenue?.amount ?? 0).toFixed();
  }
  return sorted([...counts]);
}

/** The same numbers as reports have them. */
async function report(key: string, dimension: string): Promise<Groups> {
  const query = new URLSearchParams({
    groupBy: dimension,
    metrics: Object.keys(NOTHING).join(),
    limit: '1000',
    from: new Date(Math.min(Date.now(), Date.parse(fixture.madeAt)) - DAY_MS).toISOString(),
    to: new Date(Math.max(Date.now(), Date.parse(fixture.madeAt)) + DAY_MS).toISOString(),
  });
  const { rows } = await getJson<Report>(key, `/reports?${query.toString()}`);
  return sorted(rows.map((row) => [row[dimension], countsOf(row)]));
}

function countsOf({ clicks, humanClicks, uniqueClicks, conversions, approved, revenue }: ReportRow): Counts {
  return { clicks, humanClicks, uniqueClicks, conversions, approved, revenue: new Big(revenue.amount).toFixed() };
}

function sorted(groups: Groups): Groups {
  return groups.sort(([a], [b]) => String(a).localeCompare(String(b)));
}

/** Waits until reports have the numbers of MongoDB, in every workspace and by every dimension. */
async function expectReports(): Promise<void> {
  for (const key of ['brand', 'agency', 'late']) {
    for (const dimension of DIMENSIONS) {
      const read = async () => ({
        stored: JSON.stringify(await recount(key, dimension)),
        // The copy may still be loaded, which is a 503.
        reported: await report(key, dimension).then((groups) => JSON.stringify(groups), String),
      });
      const { stored, reported } = await eventually(read, (both) => both.stored === both.reported, PATIENCE_MS);
      expect(reported).toBe(stored);
      expect(stored).toContain('"approved":');
    }
  }
}

/** Each click that was in the spool only is stored once, and counted once. */
async function expectUnstoredClicks(): Promise<void> {
  const { linkId, clickIds, revenue } = fixture.unstored;
  const stats = async (): Promise<{ clicks: { total: number }; conversions: number }> =>
    (await getJson<{ stats: { clicks: { total: number }; conversions: number } }>('late', `/links/${linkId}`)).stats;
  const { clicks, conversions } = await eventually(
    stats,
    ({ clicks: { total } }) => total >= clickIds.length,
    PATIENCE_MS,
  );
  expect([clicks.total, conversions]).toEqual([clickIds.length, 2]);
  const stored = await database.collection<ClickDocument>('clicks').find({ linkId }).toArray();
  expect(stored.map(({ _id }) => _id).sort()).toEqual([...clickIds].sort());
  const converted = (): Promise<ConversionDocument[]> =>
    database.collection<ConversionDocument>('conversions').find({ linkId }).toArray();
  const complete = await eventually(converted, (all) => all.every(({ facts }) => facts !== null), PATIENCE_MS);
  const sum = complete.reduce((total, one) => total.plus(one.revenue?.amount ?? 0), new Big(0));
  expect(sum.toFixed(2)).toBe(revenue);
}

describe.each(listDataFolders())('a data folder of the version %s', (name) => {
  beforeAll(async () => {
    fixture = readDataFolder(name);
    dns = await DnsServer.start();
    for (const { name: record, value } of fixture.dns) {
      const [type, host] = record.split(' ') as ['TXT', string];
      dns.set(type, host, value);
    }
    folder = temporaryFolder();
    await layOut(fixture, folder);
    await start();
  });
  afterAll(async () => {
    await database.close();
    await cleanUp();
    await dns.close();
  });

  it('is answered from as before', async () => {
    await expectAnswers();
  });

  it('refuses keys and workspaces as before', async () => {
    const link = fixture.unstored.linkId;
    expect((await get('brand', `/links/${link}`)).status).toBe(404);
    expect((await get('reader', '/networks')).status).toBe(403);
    expect((await ask(server.port, '/api/v1/links', { headers: { authorization: 'Bearer hb_unknown' } })).status).toBe(
      401,
    );
  });

  it('stores the clicks of its spool, each once', async () => {
    await expectUnstoredClicks();
  });

  it('optimises its variants with the results that it had', async () => {
    const { linkId, rotation } = fixture.optimised;
    const { lists } = await getJson<Rotation>('late', `/links/${linkId}/rotation`);
    const numbers = ({ lists: [list] }: Rotation) => {
      const variants = (list?.variants ?? []).map(({ name, clicks, conversions }) => ({ name, clicks, conversions }));
      const best = [...(list?.variants ?? [])].sort((a, b) => b.share - a.share)[0]?.name;
      return { variants, best };
    };
    expect(numbers({ lists })).toEqual(numbers(rotation as Rotation));
  });

  it('gets the facts of its conversions completed from their clicks', async () => {
    const conversions = (): Promise<ConversionDocument[]> =>
      database
        .collection<ConversionDocument>('conversions')
        .find({ clickId: { $type: 'string' } })
        .toArray();
    const all = await eventually(
      conversions,
      (found) => found.every(({ facts }) => facts?.inApp !== undefined),
      PATIENCE_MS,
    );
    const clicks = await database.collection<ClickDocument>('clicks').find().toArray();
    const byId = new Map(clicks.map((click) => [click._id, click]));
    expect(all.length).toBeGreaterThan(80);
    const names = ['country', 'region', 'city', 'asn', 'os', 'browser', 'inApp', 'rule', 'variant'] as const;
    for (const { _id, clickId, facts } of all) {
      const click = byId.get(clickId ?? '');
      for (const name of names) expect(facts?.[name] ?? null, `${_id} ${name}`).toBe(click?.[name] ?? null);
    }
  });

  it('is counted by reports exactly as it is stored', async () => {
    await expectReports();
  });

  it('starts once more with all of it', async () => {
    await database.close();
    await server.stop();
    await start();
    await expectAnswers();
    await expectUnstoredClicks();
    await expectReports();
  });

  it('leads its visitors where it led them', async () => {
    for (const { host, path, headers, status, location } of fixture.visits) {
      const answer = await ask(server.port, path, { host, headers });
      expect([answer.status, answer.location], `${host}${path}`).toEqual([status, location]);
    }
  });

  it('knows the conversions that its networks report again, and takes new ones', async () => {
    const networks = await getJson<{ data: { name: string; key: string; oldKey: string | null }[] }>(
      'brand',
      '/networks',
    );
    const find = (name: string) => networks.data.find((network) => network.name === name);
    const post = async (key: string | null | undefined, query: string): Promise<string> =>
      (JSON.parse((await ask(server.port, `/postback/${key}?${query}`)).text) as { verdict: string }).verdict;
    const { data } = await getJson<{ data: ListedConversion[] }>('brand', '/conversions?limit=100');
    const pending = data.find(({ status, txid }) => status === 'pending' && txid?.startsWith('R-'));
    const known = data.find(({ status, txid }) => status === 'approved' && txid?.startsWith('R-'));
    const casino = find('Casino Partners')?.key;
    expect(await post(casino, `tid=${known?.clickId}&goal=redep&xid=${known?.txid}&sum=${known?.payout?.amount}`)).toBe(
      'duplicate',
    );
    expect(await post(casino, `tid=${pending?.clickId}&goal=redep&xid=${pending?.txid}&sum=12&status=1`)).toBe(
      'updated',
    );
    expect(await post(find('Rotated')?.oldKey, `subid=${known?.clickId}&status=sale&tid=NEW&payout=2`)).toBe(
      'accepted',
    );
    await expectReports();
  });
});
