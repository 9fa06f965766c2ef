import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const VALID = { url: 'https://shop.example/' };
const FIELDS = [
  'url',
  'slug',
  'externalId',
  'title',
  'tags',
  'notes',
  'campaign',
  'clickIdParam',
  'forwardQuery',
  'redirectStatus',
  'networkId',
  'paused',
];

let app: TestApp;
let linkId: string;
beforeAll(async () => {
  app = await TestApp.start();
  linkId = (await app.createLink()).id;
});
afterAll(() => app.close());

/** Both ways to write a link, which must judge alike. */
const WRITES = [
  ['POST', (body: object) => app.api('post', '/links').send({ ...VALID, ...body })],
  ['PATCH', (body: object) => app.api('patch', `/links/${linkId}`).send(body)],
] as const;
const everyWrite = <const C extends readonly unknown[]>(cases: readonly C[]) =>
  WRITES.flatMap(([method, send]) => cases.map((values) => ({ method, send, values })));

describe('bad links', () => {
  it.each(
    everyWrite([
      ['url', 1],
      ['url', ''],
      ['url', []],
      ['url', true],
      ['slug', 1],
      ['slug', ''],
      ['slug', ['a']],
      ['slug', 'x'.repeat(191)],
      ['externalId', 1],
      ['externalId', ''],
      ['externalId', 'a b'],
      ['externalId', 'x'.repeat(129)],
      ['title', 1],
      ['title', 'x'.repeat(201)],
      ['tags', 'a'],
      ['tags', [1]],
      ['tags', ['']],
      ['tags', [null]],
      ['tags', [['a']]],
      ['tags', [{ $ne: null }]],
      ['tags', ['x'.repeat(51)]],
      ['tags', Array.from({ length: 51 }, (_, i) => `t${i}`)],
      ['notes', 1],
      ['notes', 'x'.repeat(5001)],
      ['campaign', false],
      ['campaign', 'x'.repeat(201)],
      ['clickIdParam', 1],
      ['clickIdParam', ''],
      ['clickIdParam', 'a b'],
      ['clickIdParam', 'a&b'],
      ['clickIdParam', ['a']],
      ['forwardQuery', 'all'],
      ['forwardQuery', true],
      ['redirectStatus', 304],
      ['redirectStatus', '302'],
      ['redirectStatus', [302]],
      ['networkId', 1],
      ['networkId', ['net_1']],
      ['paused', 'true'],
      ['paused', 1],
    ] as const),
  )('$method refuses the $values.0 $values.1', async ({ send, values: [field, value] }) => {
    expectInvalid(await send({ [field]: value }), field);
  });

  it.each(everyWrite(FIELDS.map((field) => [field] as const)))(
    '$method refuses an operator object as $values.0',
    async ({ send, values: [field] }) => {
      expectInvalid(await send({ [field]: { $ne: null } }), field);
      expectInvalid(await send({ [field]: { $gt: '' } }), field);
    },
  );

  it.each(
    everyWrite(['url', 'slug', 'tags', 'forwardQuery', 'redirectStatus', 'paused'].map((field) => [field] as const)),
  )('$method refuses null as $values.0', async ({ send, values: [field] }) => {
    expectInvalid(await send({ [field]: null }), field);
  });

  it.each(
    everyWrite([
      ['javascript:alert(1)'],
      ['data:text/html,x'],
      ['file:///etc/passwd'],
      ['ftp://shop.example/'],
      ['//shop.example/'],
      ['shop.example/lp'],
      ['https://'],
      ['https://user:password@shop.example/'],
      ['https://shop.example/a b'],
      ['https://shop.example/\nSet-Cookie: a=b'],
      ['https://{sub1}.example/'],
      ['https://shop.example{sub1}/'],
      ['{sub1}'],
      ['https://shop.example/?{sub1}=1'],
      ['https://shop.example/?a={sub1'],
      ['https://shop.example/?a=sub1}'],
      [`https://shop.example/${'x'.repeat(2048)}`],
    ]),
  )('$method refuses the url $values.0', async ({ send, values: [url] }) => {
    expectInvalid(await send({ url }), 'url');
  });

  it.each(
    everyWrite([
      ['{clickid}'],
      ['{sub0}'],
      ['{sub11}'],
      ['{CLICK_ID}'],
      ['{raw:sub1}'],
      ['{query:}'],
      ['{}'],
      ['{$ne}'],
    ]),
  )('$method names the unknown macro $values.0', async ({ send, values: [macro] }) => {
    const { errors } = expectInvalid(await send({ url: `https://shop.example/?a={sub1}&b=${macro}` }), 'url');
    expect(errors).toMatchObject([{ code: 'unknown_macro', message: expect.stringContaining(macro) }]);
  });

  it.each(
    everyWrite([
      ['/a'],
      ['a/'],
      ['a//b'],
      ['..'],
      ['a/../b'],
      ['a b'],
      ['a?b'],
      ['a#b'],
      ['a%20b'],
      ['a\\b'],
      ['a\nb'],
      ['a\ud800b'],
    ]),
  )('$method refuses the slug $values.0', async ({ send, values: [slug] }) => {
    expectInvalid(await send({ slug }), 'slug');
  });

  it.each(
    everyWrite(
      ['api', 'API/v1', 'postback/x', 'pixel', 'health', 'metrics', 'internal/a', '.well-known/a', 'robots.txt'].map(
        (slug) => [slug] as const,
      ),
    ),
  )('$method refuses the reserved slug $values.0', async ({ send, values: [slug] }) => {
    expectInvalid(await send({ slug }), 'slug');
  });

  it.each(WRITES)('%s refuses a network that is not there or not ours', async (_, send) => {
    const other = await app.createWorkspace();
    const foreign = await app.createNetwork({}, other.apiKey);
    expectInvalid(await send({ networkId: foreign.id }), 'networkId');
    expectInvalid(await send({ networkId: 'net_00000000000000000000' }), 'networkId');
  });

  it('POST refuses a domain that is not there, not ours or not a name', async () => {
    const other = await app.createWorkspace();
    for (const domain of [other.hostname, 'nobody.example', '', 1, null, { $ne: null }]) {
      expectInvalid(await app.api('post', '/links').send({ ...VALID, domain }), 'domain');
    }
  });

  it('POST refuses a domain that is not verified yet', async () => {
    const hostname = 'pending.example';
    await app.connection.collection<{ _id: string }>('domains').insertOne({
      _id: 'dom_00000000000000000001',
      workspaceId: (await app.connection.collection('workspaces').findOne({ isFirst: true }))?._id,
      hostname,
      status: 'pending',
      createdAt: new Date(),
    } as { _id: string });
    expectInvalid(await app.api('post', '/links').send({ ...VALID, domain: hostname }), 'domain');
  });

  it('PATCH has no domain: a link stays where it is', async () => {
    expectInvalid(await app.api('patch', `/links/${linkId}`).send({ domain: 'localhost' }), 'domain');
  });

  it.each(
    everyWrite([
      ['id'],
      ['shortUrl'],
      ['createdAt'],
      ['stats'],
      ['workspaceId'],
      ['live'],
      ['number'],
      ['$set'],
      ['nope'],
    ]),
  )('$method refuses the field $values.0', async ({ send, values: [field] }) => {
    const { errors } = expectInvalid(await send({ [field]: 'x' }), field);
    expect(errors).toMatchObject([{ code: 'unknown_field' }]);
  });

  it.each(WRITES)('%s refuses half a character, wherever it stands', async (_, send) => {
    const half = '\ud83d';
    const rules = [{ when: [{ field: 'city', op: 'in', values: [half] }], url: VALID.url }];
    const bad = { title: half, tags: ['a', half], utm: { source: half }, rules, notes: 1 };
    const paths = ['notes', 'rules.0.when.0.values.0', 'tags.1', 'title', 'utm.source'];
    const { errors } = expectInvalid(await send(bad), ...paths);
    expect(errors?.[0]).toMatchObject({ code: 'bad_character' });
  });

  it.each(WRITES)('%s lists every bad field at once', async (_, send) => {
    const bad = { url: 1, slug: '', title: 1, tags: 'a', redirectStatus: 200, paused: 'no', nope: 1 };
    expectInvalid(await send(bad), 'nope', 'paused', 'redirectStatus', 'slug', 'tags', 'title', 'url');
  });

  it.each(WRITES)('%s lists bad fields of every kind at once', async (_, send) => {
    // What only the database knows is asked when the rest is in order.
    const bad = { url: 'ftp://shop.example/', slug: 'a b', networkId: 'net_00000000000000000000', title: 1 };
    expectInvalid(await send(bad), 'slug', 'title', 'url');
  });

  it('POST lists a domain and a network that are not there at once', async () => {
    const bad = { ...VALID, domain: 'nobody.example', networkId: 'net_00000000000000000000' };
    expectInvalid(await app.api('post', '/links').send(bad), 'domain', 'networkId');
  });

  it.each(WRITES)('%s changes nothing when one field of many is bad', async (_, send) => {
    const before = await app.link(linkId);
    expectInvalid(await send({ title: 'changed', paused: 'no' }), 'paused');
    expect(await app.link(linkId)).toEqual(before);
    const { body } = await app.api('get', '/links?limit=100');
    expect((body as { data: unknown[] }).data).toHaveLength(1);
  });

  it('POST asks for the url', async () => {
    expectInvalid(await app.api('post', '/links').send({}), 'url');
  });

  it.each(['[]', '[{"url":"https://shop.example/"}]', 'null', '"text"', '1', 'true'])(
    'POST and PATCH refuse the body %s',
    async (body) => {
      const post = await app.api('post', '/links').set('content-type', 'application/json').send(body);
      const patch = await app.api('patch', `/links/${linkId}`).set('content-type', 'application/json').send(body);
      expect([400, 422]).toContain(post.status);
      expect([400, 422]).toContain(patch.status);
    },
  );

  it('POST refuses to be without a body', async () => {
    const { status } = await app.api('post', '/links');
    expect([400, 422]).toContain(status);
  });

  it.each(['{"__proto__":{"paused":true},"url":"https://shop.example/"}', '{"constructor":{"prototype":{}}}'])(
    'POST refuses to be tricked by %s',
    async (body) => {
      const response = await app.api('post', '/links').set('content-type', 'application/json').send(body);
      expect([400, 422]).toContain(response.status);
    },
  );
});

describe('bad list queries', () => {
  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=abc', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['cursor=', 'cursor'],
    ['cursor=%7B%22%24ne%22%3Anull%7D', 'cursor'],
    ['cursor=a&cursor=b', 'cursor'],
    ['sort=clicks&sort=title', 'sort'],
    ['search=', 'search'],
    ['archived=maybe', 'archived'],
    ['createdFrom=yesterday', 'createdFrom'],
    [`tag=${'x'.repeat(51)}`, 'tag'],
    ['nope=1', 'nope'],
    ['tag[$ne]=x', 'tag[$ne]'],
    ['limit=0&cursor=%24&nope=1', 'cursor', 'limit', 'nope'],
  ])('GET /links?%s is a 422', async (query, ...paths) => {
    expectInvalid(await app.api('get', `/links?${query}`), ...paths);
  });
});

describe('good links at the edge', () => {
  it.each([
    ['the longest slug', { slug: 's'.repeat(190) }],
    ['the longest title', { title: 't'.repeat(200) }],
    ['fifty tags', { tags: Array.from({ length: 50 }, (_, i) => `t${i}`) }],
    ['a destination on an IPv6 address', { url: 'http://[2606:2800:220:1::1]:8080/' }],
    ['an internationalised host', { url: 'https://müller.example/größe' }],
    [
      'all macros',
      {
        url: 'https://shop.example/{sub10}?a={click_id}{link_id}{slug}{domain}{source}{campaign}&l={language}&i={ip}&u={user_agent}&r={referrer}&t={timestamp}&x={random}&q={query:utm_term}',
      },
    ],
    ['a slug that only begins like a reserved path', { slug: 'apis/health' }],
    ['an emoji', { slug: '🏖' }],
  ])('takes %s', async (_, fields) => {
    const response = await app.api('post', '/links').send({ ...VALID, ...fields });
    expect(response.body).toMatchObject({ id: expect.stringMatching(/^lnk_/) });
    await app.api('delete', `/links/${(response.body as { id: string }).id}`);
  });

  it('takes the same limits that the API names', async () => {
    expect((await app.api('get', '/links?limit=1')).status).toBe(200);
    expect((await app.api('get', '/links?limit=100')).status).toBe(200);
    expectProblem(await app.api('get', '/links?limit=1000'), 422);
  });
});
