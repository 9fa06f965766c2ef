import type { DomainStatus } from '../../../src/domains/domain.schema.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DomainListResponse, DomainResponse } from '../../../src/domains/domains.dto.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const APPLE = '/.well-known/apple-app-site-association';
const ANDROID = '/.well-known/assetlinks.json';
const APP = 'ABCDE12345.com.example.app';
/** Names with dots and dollar signs are legal in such files, and are what MongoDB's operators look like. */
const apple = {
  applinks: {
    substitutionVariables: { $in: ['summer'], 'a.b': ['*'] },
    details: [{ appIDs: [APP], components: [{ '/': '/$(in)/*', '?': { $where: '1', 'x.y': '?' } }] }],
  },
  $set: { workspaceId: 'mine' },
};
const android = [
  {
    relation: ['delegate_permission/common.handle_all_urls'],
    target: {
      namespace: 'android_app',
      package_name: 'com.example.app',
      sha256_cert_fingerprints: [Array.from({ length: 32 }, () => 'AB').join(':')],
    },
    relation_extensions: { 'delegate_permission/common.handle_all_urls': { $gt: '' } },
  },
];
const both = { appleAppSiteAssociation: apple, assetLinks: android };
const none = { appleAppSiteAssociation: null, assetLinks: null };

let app: TestApp;
let owner: { id: string; apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  owner = await app.createWorkspace();
});
afterAll(() => app.close());

const addDomain = (hostname: string, status?: DomainStatus) => app.addDomain(owner.id, hostname, status);
const patch = (id: string, fields: object, key = owner.apiKey) => app.api('patch', `/domains/${id}`, key).send(fields);
const change = async (id: string, fields: object): Promise<DomainResponse> => {
  const response = await patch(id, fields);
  expect({ status: response.status, text: response.text }).toMatchObject({ status: 200 });
  return response.body as DomainResponse;
};
const get = (host: string, path: string) => app.plain('get', path).set('host', host);
const answers = async (host: string, method: 'get' | 'head' = 'get'): Promise<unknown[]> => {
  const found = [];
  for (const path of [APPLE, ANDROID]) found.push(await app.plain(method, path).set('host', host));
  return found.map(({ status, headers }) => [status, headers['content-type'], headers['cache-control']]);
};
const OK = [200, 'application/json', 'public, max-age=300'];
const NOTHING = [404, 'text/plain; charset=utf-8', 'no-store'];

describe('the files of a domain for apps', () => {
  it('are served on it as they were given, to GET and HEAD, until they are taken away', async () => {
    const id = await addDomain('apps.example');
    expect(await answers('apps.example')).toEqual([NOTHING, NOTHING]);
    expect(await change(id, both)).toMatchObject(both);
    expect(await answers('APPS.example:443')).toEqual([OK, OK]);
    expect(await answers('apps.example', 'head')).toEqual([OK, OK]);
    expect((await get('apps.example', APPLE)).body).toEqual(apple);
    expect((await get('apps.example', ANDROID)).body).toEqual(android);
    const { headers, text } = await app.plain('head', APPLE).set('host', 'apps.example');
    expect([headers['content-length'], text]).toEqual([String(JSON.stringify(apple).length), undefined]);
    expect(await change(id, { assetLinks: null })).toMatchObject({ appleAppSiteAssociation: apple, assetLinks: null });
    expect(await answers('apps.example')).toEqual([OK, NOTHING]);
    expect(await change(id, none)).toMatchObject(none);
    expect(await answers('apps.example', 'head')).toEqual([NOTHING, NOTHING]);
  });

  it('are never a redirect, wherever else the domain leads', async () => {
    const id = await addDomain('leading.example');
    const elsewhere = 'https://brand.example/';
    await change(id, { rootUrl: elsewhere, notFoundUrl: elsewhere, robots: 'index', isArchived: true });
    expect(await answers('leading.example')).toEqual([NOTHING, NOTHING]);
    await change(id, both);
    expect(await answers('leading.example')).toEqual([OK, OK]);
    expect((await get('leading.example', `${APPLE}?x=1`)).headers).not.toHaveProperty('x-robots-tag');
  });

  it('are not served on a host that is not verified, nor on one of another workspace', async () => {
    const pending = await addDomain('pending-apps.example', 'pending');
    expect(await change(pending, both)).toMatchObject(both);
    const other = await app.createWorkspace('other-apps.example');
    for (const host of ['pending-apps.example', 'nobody.example', 'x.apps.example', other.hostname, 'localhost'])
      expect(await answers(host), host).toEqual([NOTHING, NOTHING]);
    const proved = await addDomain('lost-apps.example');
    await change(proved, both);
    expect(await answers('lost-apps.example')).toEqual([OK, OK]);
    await app.api('delete', `/domains/${proved}`, owner.apiKey);
    expect(
      await eventually(
        () => answers('lost-apps.example'),
        ([first]) => String(first) === String(NOTHING),
      ),
    ).toEqual([NOTHING, NOTHING]);
  });

  it('can come with a new domain, are read with it, and are left out of lists', async () => {
    const made = await app.api('post', '/domains', owner.apiKey).send({ hostname: 'new-apps.example', ...both });
    expect([made.status, made.body]).toEqual([201, expect.objectContaining(both)]);
    const { id } = made.body as DomainResponse;
    expect((await app.api('get', `/domains/${id}`, owner.apiKey)).body).toEqual(made.body);
    const { data } = (await app.api('get', '/domains', owner.apiKey)).body as DomainListResponse;
    const { appleAppSiteAssociation: _, assetLinks: __, ...listed } = made.body as DomainResponse;
    expect(data.find((domain) => domain.id === id)).toEqual(listed);
    const unset = await app.api('post', '/domains', owner.apiKey).send({ hostname: 'bare-apps.example' });
    expect(unset.body).toMatchObject(none);
  });

  it('may be as long as Apple takes them, and a change of one is in the audit log', async () => {
    const id = await addDomain('long-apps.example');
    const long = { webcredentials: { apps: [APP] }, comment: 'x'.repeat(131_000) };
    await change(id, { appleAppSiteAssociation: long });
    expect((await get('long-apps.example', APPLE)).body).toEqual(long);
    await change(id, { appleAppSiteAssociation: { appclips: { apps: [APP] } } });
    const { data } = (await app.api('get', `/audit-log?objectId=${id}`, owner.apiKey)).body as { data: object[] };
    expect(data[0]).toMatchObject({
      action: 'domain.updated',
      before: { appleAppSiteAssociation: expect.stringMatching(/^"\{\\"webcredentials.*characters\)$/) },
      after: { appleAppSiteAssociation: `{"appclips":{"apps":["${APP}"]}}` },
    });
  });
});

describe('a file that is none', () => {
  it.each<[string, object, string[]]>([
    ['other kinds', { appleAppSiteAssociation: [], assetLinks: {} }, ['appleAppSiteAssociation', 'assetLinks']],
    ['texts', { appleAppSiteAssociation: '{}', assetLinks: '[]' }, ['appleAppSiteAssociation', 'assetLinks']],
    [
      'what no app would read',
      {
        appleAppSiteAssociation: { applinks: { details: [{ appIDs: ['app'] }] } },
        assetLinks: [{ relation: [] }],
        rootUrl: 'x',
      },
      [
        'appleAppSiteAssociation.applinks.details.0.appIDs.0',
        'assetLinks.0.relation',
        'assetLinks.0.target',
        'rootUrl',
      ],
    ],
    ['too much', { appleAppSiteAssociation: { ...apple, comment: 'x'.repeat(131_072) } }, ['appleAppSiteAssociation']],
    [
      'names that every object has',
      { appleAppSiteAssociation: { ...apple, constructor: 1, applinks: { toString: 1 } } },
      ['appleAppSiteAssociation.constructor', 'appleAppSiteAssociation.applinks.toString'],
    ],
    ['lists in lists', { assetLinks: [[]] }, ['assetLinks']],
  ])('is a 422 by its fields: %s', async (_, fields, paths) => {
    const id = await addDomain(`refused-${newId('dom').toLowerCase().replace('_', '-')}.example`);
    expectInvalid(await patch(id, fields), ...paths);
    expect((await app.api('get', `/domains/${id}`, owner.apiKey)).body).toMatchObject(none);
  });

  it('is a 400 where it is nested too deep', async () => {
    const id = await addDomain('deep-apps.example');
    const deep = `{"appleAppSiteAssociation":${'{"a":'.repeat(70)}1${'}'.repeat(71)}`;
    expectProblem(await app.api('patch', `/domains/${id}`, owner.apiKey).type('json').send(deep), 400);
    expectProblem(
      await app.api('patch', `/domains/${id}`, owner.apiKey).type('json').send('{"assetLinks":[{"__proto__":{}}]}'),
      400,
    );
  });

  it('belongs to who has the domain', async () => {
    const id = await addDomain('mine-apps.example');
    expectProblem(await patch(id, both, app.apiKey), 404);
    expectProblem(await patch(id, both, await app.createKey(['domains:read'], owner.apiKey)), 403);
    expect(await answers('mine-apps.example')).toEqual([NOTHING, NOTHING]);
  });
});
