import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkListResponse, LinkResponse } from '../../../src/links/links.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'lnk_00000000000000000000';

let app: TestApp;
let other: { id: string; apiKey: string; hostname: string };
beforeAll(async () => {
  app = await TestApp.start();
  other = await app.createWorkspace();
});
afterAll(() => app.close());

const list = async (query = '', key = app.apiKey): Promise<LinkListResponse> => {
  const response = await app.api('get', `/links${query}`, key);
  expect(response.status).toBe(200);
  return response.body as LinkListResponse;
};
const idsOf = ({ data }: LinkListResponse): string[] => data.map(({ id }) => id);

describe('access to links', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['post', '/links', 'links:write'],
      ['get', '/links', 'links:read'],
      ['get', `/links/${UNKNOWN_ID}`, 'links:read'],
      ['patch', `/links/${UNKNOWN_ID}`, 'links:write'],
      ['delete', `/links/${UNKNOWN_ID}`, 'links:write'],
    ],
  );
});

describe('POST /links', () => {
  it('needs no more than a url', async () => {
    const response = await app.api('post', '/links').send({ url: 'https://shop.example/lp' });
    expect(response.status).toBe(201);
    const { slug } = response.body as LinkResponse;
    expect(slug).toMatch(/^[2-9A-HJ-NP-Za-km-z]{7}$/);
    expect(response.body).toEqual({
      id: expect.stringMatching(/^lnk_[0-9A-Za-z]{20}$/),
      shortUrl: `${app.baseUrl}/${slug}`,
      url: 'https://shop.example/lp',
      domain: 'localhost',
      slug,
      formerSlugs: [],
      externalId: null,
      title: null,
      tags: [],
      notes: null,
      campaign: null,
      clickIdParam: 'click_id',
      clickLimit: null,
      forwardQuery: 'fill',
      redirectStatus: 302,
      networkId: null,
      paused: false,
      warnings: [],
      startsAt: null,
      expiresAt: null,
      expiredUrl: null,
      fallbackUrl: null,
      rules: [],
      variants: [],
      rotation: null,
      hasPassword: false,
      preview: null,
      noIndex: null,
      referrerPolicy: null,
      cloak: false,
      archived: false,
      suspended: null,
      sourceId: null,
      cost: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      stats: {
        clicks: { total: 0, human: 0, bots: 0, unique: 0 },
        registrations: 0,
        ftds: 0,
        deposits: 0,
        conversions: 0,
        approved: 0,
        pending: 0,
        rejected: 0,
        payouts: [],
        revenues: [],
      },
    });
  });

  it('takes every field', async () => {
    const network = await app.createNetwork();
    const fields = {
      url: 'https://casino.example/lp/{sub1}?a={query:utm_term}&b=1#{slug}',
      domain: 'localhost',
      slug: 'Summer-2026',
      externalId: 'crm:77',
      title: 'Summer',
      tags: ['summer', 'fb'],
      notes: 'Für Anna – 50 %',
      campaign: 'S26',
      clickIdParam: 'cid',
      forwardQuery: 'none',
      redirectStatus: 307,
      networkId: network.id,
      paused: true,
    };
    const link = await app.createLink(fields);
    expect(link).toMatchObject(fields);
    expect(await app.link(link.id)).toEqual(link);
  });

  it('makes another slug each time', async () => {
    const links = await Promise.all(Array.from({ length: 20 }, () => app.createLink()));
    expect(new Set(links.map(({ slug }) => slug)).size).toBe(20);
  });

  it('puts a link on another workspace’s own domain, under https', async () => {
    const link = await app.createLink({ slug: 'été/夏' }, other.apiKey);
    expect(link).toMatchObject({ domain: other.hostname, slug: 'été/夏' });
    expect(link.shortUrl).toBe(`https://${other.hostname}/%C3%A9t%C3%A9/%E5%A4%8F`);
  });

  it('carries the click id in its network’s parameter, unless it says otherwise', async () => {
    const { id: networkId } = await app.createNetwork({ clickIdParam: 'aff_sub' });
    expect((await app.createLink({ networkId })).clickIdParam).toBe('aff_sub');
    expect((await app.createLink({ networkId, clickIdParam: 'cid' })).clickIdParam).toBe('cid');
    expect((await app.createLink({ networkId, clickIdParam: null })).clickIdParam).toBeNull();
  });

  it('takes null for what can be empty', async () => {
    const empty = { externalId: null, title: null, notes: null, campaign: null, clickIdParam: null, networkId: null };
    expect(await app.createLink(empty)).toMatchObject(empty);
  });

  it('refuses a slug that is taken on the domain', async () => {
    await app.createLink({ slug: 'taken' });
    const response = await app.api('post', '/links').send({ url: 'https://shop.example/', slug: 'taken' });
    expect(expectProblem(response, 409).detail).toContain('slug');
  });

  it('takes the two spellings of é for one slug', async () => {
    await app.createLink({ slug: 'caf\u00e9' });
    expectProblem(await app.api('post', '/links').send({ url: 'https://shop.example/', slug: 'cafe\u0301' }), 409);
  });

  it('lets the same slug stand on another domain', async () => {
    await app.createLink({ slug: 'shared' });
    expect((await app.createLink({ slug: 'shared' }, other.apiKey)).domain).toBe(other.hostname);
  });

  it('gives a slug that many ask for at once to one of them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => app.api('post', '/links').send({ url: 'https://shop.example/', slug: 'race' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  });

  it('refuses an externalId that is taken in the workspace, and only there', async () => {
    await app.createLink({ externalId: 'order-1' });
    const response = await app.api('post', '/links').send({ url: 'https://shop.example/', externalId: 'order-1' });
    expect(expectProblem(response, 409).detail).toContain('externalId');
    expect((await app.createLink({ externalId: 'order-1' }, other.apiKey)).externalId).toBe('order-1');
  });
});

describe('GET /links/{id}', () => {
  it('reads a link by id and by ext_<externalId>', async () => {
    const link = await app.createLink({ externalId: 'read:me' });
    expect(await app.link(link.id)).toEqual(link);
    expect(await app.link('ext_read:me')).toEqual(link);
  });

  it('reads a link by the longest externalId', async () => {
    const externalId = 'x'.repeat(128);
    const link = await app.createLink({ externalId });
    expect(await app.link(`ext_${externalId}`)).toEqual(link);
  });

  it('shows the clicks in its numbers', async () => {
    const link = await app.createLink();
    await app.click(link);
    await app.click(link);
    const { stats } = await eventually(
      () => app.link(link.id),
      (read) => read.stats.clicks.total === 2,
    );
    expect(stats.clicks).toEqual({ total: 2, human: 2, bots: 0, unique: 1 });
    expect((await list()).data.find(({ id }) => id === link.id)?.stats).toEqual(stats);
  });
});

describe('a link that is not there', () => {
  const missing: [string, () => Promise<string>][] = [
    ['an unknown id', async () => UNKNOWN_ID],
    ['a malformed id', async () => 'nonsense'],
    ['the id of another kind of thing', async () => (await app.createNetwork()).id],
    ['an unknown externalId', async () => 'ext_nobody'],
    ['no externalId', async () => 'ext_'],
    ['an operator', async () => encodeURIComponent('{"$ne":null}')],
    ['another workspace’s id', async () => (await app.createLink({}, other.apiKey)).id],
    [
      'another workspace’s externalId',
      async () => {
        await app.createLink({ externalId: 'theirs' }, other.apiKey);
        return 'ext_theirs';
      },
    ],
    [
      'a deleted link',
      async () => {
        const { id } = await app.createLink();
        await app.api('delete', `/links/${id}`);
        return id;
      },
    ],
  ];

  it.each(missing)('is a 404 for GET, PATCH and DELETE: %s', async (_, reference) => {
    const path = `/links/${await reference()}`;
    expectProblem(await app.api('get', path), 404);
    expectProblem(await app.api('patch', path).send({ title: 'mine' }), 404);
    expectProblem(await app.api('delete', path), 404);
  });

  it('leaves another workspace’s link as it was', async () => {
    const link = await app.createLink({ title: 'theirs' }, other.apiKey);
    await app.api('patch', `/links/${link.id}`).send({ title: 'mine' });
    await app.api('delete', `/links/${link.id}`);
    expect(await app.link(link.id, other.apiKey)).toEqual(link);
  });
});

describe('PATCH /links/{id}', () => {
  const full = {
    url: 'https://shop.example/lp?a={sub1}',
    title: 'Title',
    tags: ['a'],
    notes: 'Notes',
    campaign: 'C',
    clickIdParam: 'cid',
    forwardQuery: 'none',
    redirectStatus: 301,
    paused: true,
  };

  it.each<[string, unknown]>([
    ['url', 'https://new.example/{sub2}'],
    ['slug', 'brand-new'],
    ['externalId', 'changed'],
    ['externalId', null],
    ['title', 'New'],
    ['title', null],
    ['tags', ['b', 'c']],
    ['tags', []],
    ['notes', null],
    ['campaign', null],
    ['clickIdParam', null],
    ['forwardQuery', 'override'],
    ['redirectStatus', 308],
    ['networkId', null],
    ['paused', false],
  ])('changes %s to %j and keeps what is not named', async (field, value) => {
    const network = await app.createNetwork();
    const before = await app.createLink({ ...full, networkId: network.id });
    const response = await app.api('patch', `/links/${before.id}`).send({ [field]: value });
    expect(response.status).toBe(200);
    const { updatedAt, shortUrl, ...rest } = response.body as LinkResponse;
    const { updatedAt: updatedBefore, shortUrl: _, ...expected } = { ...before, [field]: value };
    expect(rest).toEqual(expected);
    expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(Date.parse(updatedBefore));
    expect(shortUrl).toBe(`${app.baseUrl}/${rest.slug}`);
    expect(await app.link(before.id)).toEqual(response.body);
  });

  it('changes nothing by an empty change', async () => {
    const { updatedAt: _, ...before } = await app.createLink(full);
    const response = await app.api('patch', `/links/${before.id}`).send({});
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject(before);
  });

  it('works under ext_<externalId>', async () => {
    await app.createLink({ externalId: 'patch-me' });
    const response = await app.api('patch', '/links/ext_patch-me').send({ title: 'patched' });
    expect(response.body).toMatchObject({ title: 'patched', externalId: 'patch-me' });
  });

  it('frees the old slug', async () => {
    const link = await app.createLink({ slug: 'old-slug' });
    await app.api('patch', `/links/${link.id}`).send({ slug: 'new-slug' });
    const heir = await app.createLink({ slug: 'old-slug', url: 'https://heir.example/' });
    expect((await app.click(heir)).headers['location']).toContain('https://heir.example/');
  });

  it.each([
    ['slug', { slug: 'occupied' }],
    ['externalId', { externalId: 'occupied' }],
  ])('refuses a %s that another link has, and changes nothing', async (field, change) => {
    await app.createLink({ ...change });
    const link = await app.createLink({ title: 'same' });
    const response = await app.api('patch', `/links/${link.id}`).send({ ...change, title: 'changed' });
    expect(expectProblem(response, 409).detail).toContain(field);
    expect(await app.link(link.id)).toEqual(link);
  });

  it('lets a link keep its own slug and externalId', async () => {
    const own = { slug: 'my-own', externalId: 'my-own' };
    const link = await app.createLink(own);
    expect((await app.api('patch', `/links/${link.id}`).send(own)).status).toBe(200);
  });
});

describe('DELETE /links/{id}', () => {
  it('answers 204, and the link is gone from the list', async () => {
    const link = await app.createLink();
    const response = await app.api('delete', `/links/${link.id}`);
    expect(response.status).toBe(204);
    expect(response.text).toBe('');
    expect(idsOf(await list('?limit=100'))).not.toContain(link.id);
  });

  it('works under ext_<externalId>, and frees externalId and slug', async () => {
    const own = { slug: 'reborn', externalId: 'reborn' };
    const first = await app.createLink(own);
    expect((await app.api('delete', '/links/ext_reborn')).status).toBe(204);
    const second = await app.createLink(own);
    expect(second.id).not.toBe(first.id);
    expect((await app.link('ext_reborn')).id).toBe(second.id);
  });
});

describe('GET /links', () => {
  it('pages through all links, newest first, each once', async () => {
    const { apiKey } = await app.createWorkspace();
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.unshift((await app.createLink({}, apiKey)).id);
    const first = await list('?limit=2', apiKey);
    expect(first.page).toEqual({ hasMore: true, nextCursor: expect.any(String) });
    const second = await list(`?limit=2&cursor=${first.page.nextCursor}`, apiKey);
    const third = await list(`?limit=2&cursor=${second.page.nextCursor}`, apiKey);
    expect(third.page).toEqual({ hasMore: false, nextCursor: null });
    expect([first, second, third].flatMap(idsOf)).toEqual(made);
  });

  it('says that there is no more when the last page is full', async () => {
    const { apiKey } = await app.createWorkspace();
    await app.createLink({}, apiKey);
    await app.createLink({}, apiKey);
    expect((await list('?limit=2', apiKey)).page).toEqual({ hasMore: false, nextCursor: null });
  });

  it('skips and repeats nothing when a link is made or deleted between two pages', async () => {
    const { apiKey } = await app.createWorkspace();
    const made: string[] = [];
    for (let i = 0; i < 4; i++) made.unshift((await app.createLink({}, apiKey)).id);
    const first = await list('?limit=2', apiKey);
    await app.createLink({}, apiKey);
    await app.api('delete', `/links/${made[1]}`, apiKey);
    const second = await list(`?limit=2&cursor=${first.page.nextCursor}`, apiKey);
    expect([first, second].flatMap(idsOf)).toEqual(made);
  });

  it('gives an empty page to a workspace without links', async () => {
    const { apiKey } = await app.createWorkspace();
    expect(await list('', apiKey)).toEqual({ data: [], page: { nextCursor: null, hasMore: false } });
  });

  it('finds the links with a tag, in this workspace only', async () => {
    const tagged = [await app.createLink({ tags: ['needle'] }), await app.createLink({ tags: ['other', 'needle'] })];
    await app.createLink({ tags: ['Needle', 'needles'] });
    await app.createLink({ tags: ['needle'] }, other.apiKey);
    expect(idsOf(await list('?tag=needle')).sort()).toEqual(tagged.map(({ id }) => id).sort());
    expect((await list('?tag=nobody')).data).toEqual([]);
  });

  it('keeps the filter from page to page', async () => {
    for (let i = 0; i < 3; i++) await app.createLink({ tags: ['paged'] });
    const first = await list('?tag=paged&limit=2');
    const second = await list(`?tag=paged&limit=2&cursor=${first.page.nextCursor}`);
    expect(second.data).toHaveLength(1);
    expect(new Set([first, second].flatMap(idsOf)).size).toBe(3);
  });
});
