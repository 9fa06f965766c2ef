import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClickIdService } from '../../../src/clicks/click-id.service.js';
import type { Click } from '../../../src/clicks/click.schema.js';
import { ClicksRepository } from '../../../src/clicks/clicks.repository.js';
import type { Link } from '../../../src/links/link.schema.js';
import type { ClickListResponse } from '../../../src/clicks/list/click-list.dto.js';
import { trustedWorkspaceId, type WorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid } from '../../support/api/expect-problem.js';
import { RestrictedKeys } from '../../support/api/restricted-keys.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let workspaceId: WorkspaceId;
let repository: ClicksRepository;
let linkId: string;
let newest: string;
/** Short names of the clicks, by their ids. */
const names = new Map<string, string>();

/** Stores a click, as the shipper would. Clicks of one millisecond have ids in the order of their names. */
async function store(name: string, at: string, fields: Partial<Click> = {}): Promise<string> {
  const link = await app.connection
    .collection<Pick<Link, '_id' | 'number'>>('links')
    .findOne({ _id: fields.linkId ?? linkId });
  const ids = app.app.get(ClickIdService, { strict: false });
  const id = ids.mintSeeded(link?.number ?? NaN, Date.parse(at), name.charCodeAt(0));
  names.set(id, name);
  await repository.insert(workspaceId, {
    _id: id,
    linkId,
    at: new Date(at),
    userAgent: 'Firefox',
    query: [],
    subs: {},
    visitorKey: id,
    isUnique: true,
    ...fields,
  } as Omit<Click, 'workspaceId'>);
  return id;
}

async function list(query = '', key = app.apiKey): Promise<ClickListResponse> {
  const response = await app.api('get', `/clicks?${query}`, key);
  expect([response.status, response.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  return response.body as ClickListResponse;
}
const namesOf = ({ data }: ClickListResponse): (string | undefined)[] => data.map(({ id }) => names.get(id));

/** The names of all rows, page by page. */
async function all(query: string, limit: number, key = app.apiKey): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer: ClickListResponse = await list(`${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`, key);
    expect(answer.page.hasMore).toBe(answer.page.nextCursor !== null);
    found.push(...namesOf(answer));
    cursor = answer.page.nextCursor;
  }
  return found;
}

beforeAll(async () => {
  app = await TestApp.start();
  const { id } = (await app.api('get', '/workspaces/current')).body as { id: string };
  workspaceId = trustedWorkspaceId(id);
  repository = app.app.get(ClicksRepository, { strict: false });
  linkId = (await app.createLink()).id;
  const other = await app.createLink({ tags: ['mine'] });
  await store('a1', '2026-01-01T10:00:00.000Z', { country: 'MT', subs: { sub1: 'x' }, device: 'mobile' });
  await store('a2', '2026-01-01T11:00:00.000Z', { country: 'DE', botReason: 'user_agent' });
  // Of one millisecond, more than a page has.
  for (const letter of ['d', 'b', 'f', 'c', 'e'])
    await store(`${letter}3`, '2026-01-01T12:00:00.000Z', { country: 'MT' });
  newest = await store('a4', '2026-01-02T10:00:00.000Z', {
    ip: '203.0.113.0',
    query: [{ name: 'cost', value: '73519.46' }],
  });
  await store('o1', '2026-01-01T12:00:00.000Z', {
    linkId: other.id,
    country: 'MT',
    cost: { amount: '73519.46', currency: 'EUR' } as never,
  });
  await store('t1', '2026-01-03T10:00:00.000Z', { isTest: true });
});
afterAll(() => app.close());

itAsksForKeyAndScope(() => app, [['get', '/clicks', 'clicks:read']]);

describe('the list of clicks', () => {
  const WHOLE = ['a4', 'o1', 'f3', 'e3', 'd3', 'c3', 'b3', 'a2', 'a1'];
  const isOfLink = (name: string): boolean => name !== 'o1';

  it('has all clicks but tests, newest first, as the click itself is shown', async () => {
    const answer = await list();
    expect(namesOf(answer)).toEqual(WHOLE);
    expect(answer.data[0]).toEqual((await app.api('get', `/clicks/${newest}`)).body);
  });

  it.each([1, 2, 3, 4, 8, 9, 100])('is the same in pages of %d', async (limit) => {
    expect(await all('', limit)).toEqual(WHOLE);
    expect(await all(`linkId=${linkId}&country=MT`, limit)).toEqual(['f3', 'e3', 'd3', 'c3', 'b3', 'a1']);
  });

  it('can be filtered', async () => {
    const ofDay = 'from=2026-01-01&to=2026-01-01';
    expect(namesOf(await list(`linkId=${linkId}`))).toEqual(WHOLE.filter(isOfLink));
    expect(namesOf(await list(ofDay))).toEqual(WHOLE.slice(1));
    expect(namesOf(await list('from=2026-01-01T11:00:00Z&to=2026-01-01T12:00:00Z'))).toEqual(['a2']);
    expect(namesOf(await list(`${ofDay}&bot=true`))).toEqual(['a2']);
    expect(namesOf(await list(`${ofDay}&bot=false`))).not.toContain('a2');
    expect(namesOf(await list(`linkId=${linkId}&sub1=x&country=mt&device=mobile`))).toEqual(['a1']);
    expect(namesOf(await list(`linkId=${linkId}&sub2=x`))).toEqual([]);
    expect(namesOf(await list(`linkId=${linkId}&from=2026-01-01T11:00:00Z&to=2026-01-01T12:00:00Z`))).toEqual(['a2']);
    expect(namesOf(await list(`linkId=${linkId}&from=2026-01-01T12:00:00Z`))).toEqual(
      WHOLE.slice(0, 7).filter(isOfLink),
    );
    expect(namesOf(await list('linkId=lnk_none'))).toEqual([]);
  });

  it.each([
    ['', WHOLE],
    ['from=2026-01-01&to=2026-01-01', WHOLE.slice(1)],
    [() => `linkId=${linkId}`, WHOLE.filter(isOfLink)],
    [() => `linkId=${linkId}&from=2026-01-01&to=2026-01-01`, WHOLE.slice(1).filter(isOfLink)],
    ['linkId=lnk_none', []],
  ])('is exported in the same order: %s', async (query, expected) => {
    const { text } = await app.api('get', `/clicks/export?${typeof query === 'string' ? query : query()}`);
    const [, ...rows] = text.trimEnd().split('\r\n');
    const exported = rows.map((row) => names.get(row.split(',')[0] ?? ''));
    const inOrder = (list: unknown[]): unknown[] => list.filter((name) => !/[b-f]3|o1/.test(String(name)));
    expect([exported.length, new Set(exported)]).toEqual([expected.length, new Set(expected)]);
    expect(inOrder(exported)).toEqual(inOrder(expected)); // those of one millisecond come in any order
  });

  it('shows a member the clicks of the own links, and no money', async () => {
    const keys = new RestrictedKeys(app);
    const limited = await keys.create({ linkLimits: { tags: ['mine'], campaigns: [] } });
    expect(await all('', 1, limited)).toEqual(['o1']);
    expect(await all(`linkId=${linkId}`, 2, limited)).toEqual([]);
    const hidden = await list('', await keys.create({ hidesMoney: true }));
    expect(JSON.stringify(hidden)).not.toContain('73519');
    expect(hidden.data).toHaveLength(WHOLE.length);
  });

  it('refuses filters that would read all clicks', async () => {
    const problem = expectInvalid(await app.api('get', '/clicks?country=MT&bot=true&sub3=x'), 'bot', 'country', 'sub3');
    expect(problem.errors?.[0]).toMatchObject({ code: 'too_much_to_search' });
    expectInvalid(await app.api('get', '/clicks?cursor=abc'), 'cursor');
    expectInvalid(await app.api('get', '/clicks?from=2026-02-01&to=2026-01-01'), 'to');
    expectInvalid(await app.api('get', '/clicks?device=phone&from=2026-01-01&nothing=1'), 'device', 'nothing');
  });

  it.each([
    ['all links', () => '', '{ workspaceId: 1, at: -1 }'],
    ['one link', () => `linkId=${linkId}&`, '{ _id: 1 }'],
  ])('reads an index in its order, and only the rows that it shows: %s', async (_, ofLink, index) => {
    const db = app.connection.db as NonNullable<typeof app.connection.db>;
    await db.command({ profile: 2 });
    await list(`${ofLink()}from=2026-01-01&limit=2`);
    await app.api('get', `/clicks/export?${ofLink()}from=2026-01-01`);
    await db.command({ profile: 0 });
    const reads = await db
      .collection('system.profile')
      .find({ ns: `${db.databaseName}.clicks` })
      .toArray();
    await db.collection('system.profile').drop();
    expect(reads.length).toBeGreaterThan(1);
    for (const { planSummary, hasSortStage, docsExamined, nreturned } of reads as unknown as ReadClicks[]) {
      expect(planSummary).toBe(`IXSCAN ${index}`);
      expect([hasSortStage ?? false, docsExamined - nreturned]).toEqual([false, expect.toBeOneOf([0, 1])]); // the test click
    }
  });
});

/** Of the profile of MongoDB. */
interface ReadClicks {
  planSummary: string;
  hasSortStage?: boolean;
  docsExamined: number;
  nreturned: number;
}
