import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkListResponse, LinkResponse } from '../../../src/links/links.dto.js';
import type { LinkCountResponse } from '../../../src/links/list/link-list.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid } from '../../support/api/expect-problem.js';

let app: TestApp;
let key: string;
let hostname: string;
let links: Record<'spring' | 'summer' | 'autumn' | 'winter', LinkResponse>;

const list = async (query: string, apiKey = key): Promise<LinkListResponse> => {
  const response = await app.api('get', `/links${query}`, apiKey);
  expect(response.status).toBe(200);
  return response.body as LinkListResponse;
};
const slugs = ({ data }: LinkListResponse): string[] => data.map(({ slug }) => slug);
const count = async (query: string, apiKey = key): Promise<LinkCountResponse> =>
  (await app.api('get', `/links/count${query}`, apiKey)).body as LinkCountResponse;
/** All pages of one row each. */
const pages = async (query: string): Promise<string[]> => {
  const found: string[] = [];
  for (let cursor = ''; ;) {
    const page = await list(`?limit=1&${query}${cursor}`);
    found.push(...slugs(page));
    if (page.page.nextCursor === null) return found;
    cursor = `&cursor=${page.page.nextCursor}`;
  }
};

beforeAll(async () => {
  app = await TestApp.start();
  ({ apiKey: key, hostname } = await app.createWorkspace());
  const make = (slug: string, fields: object) => app.createLink({ slug, ...fields }, key);
  const when = [{ field: 'country', op: 'in', values: ['DE'] }];
  links = {
    spring: await make('spring', { title: 'b Blüten', tags: ['fb', 'eu'], campaign: 'S26', sourceId: 'src1' }),
    summer: await make('summer', { tags: ['fb'], campaign: 'S26', expiresAt: '2020-01-01', notes: 'a.*b (50%) {x}' }),
    autumn: await make('autumn', { title: 'a', paused: true, rules: [{ when, url: 'https://rule.example/' }] }),
    winter: await make('winter', { title: 'c', url: 'https://Ice.example/Berg?a=1', externalId: 'crm:77' }),
  };
  await make('attic', { title: 'z', tags: ['old'], archived: true });
});
afterAll(() => app.close());

describe('access', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/links/count', 'links:read'],
      ['get', '/links/tags', 'links:read'],
    ],
  );
});

describe('GET /links finds', () => {
  it.each<[query: string, found: string[]]>([
    ['', ['winter', 'autumn', 'summer', 'spring']],
    ['?archived=true', ['attic']],
    ['?archived=all&tag=old', ['attic']],
    ['?tag=fb', ['summer', 'spring']],
    ['?tag=eu&tag=fb', ['summer', 'spring']],
    ['?tag=eu&tag=fb&tagMode=all', ['spring']],
    ['?campaign=S26', ['summer', 'spring']],
    ['?campaign=s26', []],
    ['?sourceId=src1', ['spring']],
    ['?networkId=net_x', []],
    ['?domain=other.example', []],
    ['?paused=true', ['autumn']],
    ['?paused=false', ['winter', 'summer', 'spring']],
    ['?expired=true', ['summer']],
    ['?expired=false', ['winter', 'autumn', 'spring']],
    ['?hasRules=true', ['autumn']],
    ['?hasRules=false', ['winter', 'summer', 'spring']],
    ['?suspended=false&tag=fb', ['summer', 'spring']],
    ['?createdTo=2020-01-01', []],
    ['?createdFrom=2020-01-01&createdTo=2100-01-01', ['winter', 'autumn', 'summer', 'spring']],
    ['?search=SUMM', ['summer']],
    ['?search=SUMM%00', []],
    ['?search=%00', []],
    ['?search=bl%C3%BCten', ['spring']],
    ['?search=ice.example/berg%3Fa', ['winter']],
    ['?search=crm:77', ['winter']],
    ['?search=b+spring', ['spring']],
    ['?search=b+nobody', []],
    ['?search=a.*b', ['summer']],
    ['?search=(50%25)', ['summer']],
    ['?search=%7Bx%7D', ['summer']],
    ['?search=.*', ['summer']],
    ['?search=%5E', []],
    [`?search=${'(a%2B)%2B'.repeat(12)}`, []],
  ])('%s: %j', async (query, found) => {
    expect(slugs(await list(query))).toEqual(found);
  });

  it('links that are known by their ids, within the other filters', async () => {
    const { spring, winter, autumn } = links;
    expect(slugs(await list(`?id=${spring.id}`))).toEqual(['spring']);
    expect(slugs(await list(`?id=${spring.id}&id=${winter.id}&id=lnk_none`))).toEqual(['winter', 'spring']);
    expect(slugs(await list(`?id=${spring.id}&id=${autumn.id}&paused=true`))).toEqual(['autumn']);
    const many = Array.from({ length: 101 }, (_, i) => `id=lnk_${i}`).join('&');
    expectInvalid(await app.api('get', `/links?${many}`, key), 'id');
  });

  it('those on a domain', async () => {
    expect(slugs(await list(`?domain=${hostname.toUpperCase()}&tag=fb`))).toEqual(['summer', 'spring']);
  });

  it('nothing of another workspace', async () => {
    expect(slugs(await list('?search=summer', app.apiKey))).toEqual([]);
  });
});

describe('GET /links sorts', () => {
  it.each<[query: string, found: string[]]>([
    ['sort=createdAt&order=asc', ['spring', 'summer', 'autumn', 'winter']],
    ['sort=updatedAt', ['winter', 'autumn', 'summer', 'spring']],
    ['sort=updatedAt&order=asc', ['spring', 'summer', 'autumn', 'winter']],
    ['sort=title', ['summer', 'autumn', 'spring', 'winter']],
    ['sort=title&order=desc', ['winter', 'spring', 'autumn', 'summer']],
    ['sort=title&tag=fb', ['summer', 'spring']],
  ])('%s: %j, also page by page', async (query, found) => {
    expect(slugs(await list(`?${query}`))).toEqual(found);
    expect(await pages(query)).toEqual(found);
  });

  it('by clicks, those without any too', async () => {
    for (const link of [links.autumn, links.spring, links.spring]) {
      await app.api('patch', `/links/${link.id}`, key).send({ paused: false });
      await app.click(link);
    }
    await app.api('patch', `/links/${links.autumn.id}`, key).send({ paused: true });
    const byClicks = ['spring', 'autumn', 'winter', 'summer'];
    await eventually(
      async () => slugs(await list('?sort=clicks')),
      (found) => found.join() === byClicks.join(),
    );
    await eventually(
      async () => (await list('?sort=clicks')).data.map(({ stats }) => stats.clicks.total),
      (clicks) => clicks.join() === '2,1,0,0',
    );
    expect(await pages('sort=clicks')).toEqual(byClicks);
    expect(await pages('sort=clicks&order=asc')).toEqual(['summer', 'winter', 'autumn', 'spring']);
    expect(await pages('sort=clicks&tag=fb')).toEqual(['spring', 'summer']);
  });

  it('takes no cursor of a list in another order, and no made-up one', async () => {
    const cursor = (await list('?limit=1&sort=title')).page.nextCursor ?? '';
    expectInvalid(await app.api('get', `/links?cursor=${cursor}`, key), 'cursor');
    expectInvalid(await app.api('get', `/links?sort=title&order=desc&cursor=${cursor}`, key), 'cursor');
    for (const made of ['abc', Buffer.from('["title","asc",{"$ne":1},"x"]').toString('base64url')]) {
      expectInvalid(await app.api('get', `/links?sort=title&cursor=${made}`, key), 'cursor');
    }
    const never = Buffer.from('["updatedAt","desc",1e300,"x"]').toString('base64url');
    expectInvalid(await app.api('get', `/links?sort=updatedAt&cursor=${never}`, key), 'cursor');
  });
});

describe('GET /links/count', () => {
  it.each<[query: string, total: number, groups: [string | null, number][] | undefined]>([
    ['', 4, undefined],
    ['?archived=all', 5, undefined],
    ['?groupBy=tag', 4, [[null, 2], ['fb', 2], ['eu', 1]]], // prettier-ignore
    ['?groupBy=campaign', 4, [[null, 2], ['S26', 2]]], // prettier-ignore
    ['?groupBy=campaign&tag=fb', 2, [['S26', 2]]],
  ])('%s', async (query, total, groups) => {
    const answer = await count(query);
    expect(answer.total).toBe(total);
    expect(answer.groups?.map(({ value, links: number }) => [value, number])).toEqual(groups);
  });

  it('by domain, and of this workspace only', async () => {
    expect(await count('?groupBy=domain')).toEqual({ total: 4, groups: [{ value: hostname, links: 4 }] });
    expect((await count('', app.apiKey)).total).toBe(0);
  });
});

it('GET /links/tags lists the tags', async () => {
  const response = await app.api('get', '/links/tags', key);
  expect(response.body).toEqual({
    data: [
      { tag: 'fb', links: 2 },
      { tag: 'eu', links: 1 },
      { tag: 'old', links: 1 },
    ],
  });
});
