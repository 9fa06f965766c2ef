import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DomainListResponse, DomainResponse } from '../../../src/domains/domains.dto.js';
import { AuditLog } from '../../../src/workspaces/audit/audit-log.service.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'dom_00000000000000000000';

let app: TestApp;
let other: { id: string; apiKey: string; hostname: string };
beforeAll(async () => {
  app = await TestApp.start();
  other = await app.createWorkspace('go.brand.example');
});
afterAll(() => app.close());

const list = async (key = app.apiKey, query = ''): Promise<DomainListResponse> =>
  (await app.api('get', `/domains?${query}`, key)).body as DomainListResponse;

const add = async (fields: object, key = app.apiKey): Promise<DomainResponse> => {
  const response = await app.api('post', '/domains', key).send(fields);
  if (response.status !== 201) throw new Error(`domain: ${response.status} ${response.text}`);
  return response.body as DomainResponse;
};
const change = (id: string, fields: object, key = app.apiKey) => app.api('patch', `/domains/${id}`, key).send(fields);

describe('access to domains', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/domains', 'domains:read'],
      ['post', '/domains', 'domains:write'],
      ['get', `/domains/${UNKNOWN_ID}`, 'domains:read'],
      ['patch', `/domains/${UNKNOWN_ID}`, 'domains:write'],
      ['delete', `/domains/${UNKNOWN_ID}`, 'domains:write'],
      ['post', `/domains/${UNKNOWN_ID}/verify`, 'domains:write'],
      ['get', `/domains/${UNKNOWN_ID}/orphans`, 'domains:read'],
    ],
  );

  it('is a 404 for an unknown id and another workspace’s, and leaves that as it is', async () => {
    const before = await list(other.apiKey);
    for (const id of [UNKNOWN_ID, 'nonsense', before.data[0]?.id ?? '']) {
      expectProblem(await app.api('get', `/domains/${id}`), 404);
      expectProblem(await change(id, { title: 'mine', isPrimary: true }), 404);
      expectProblem(await app.api('post', `/domains/${id}/verify`), 404);
      expectProblem(await app.api('get', `/domains/${id}/orphans`), 404);
      expectProblem(await app.api('delete', `/domains/${id}`), 404);
    }
    expect(await list(other.apiKey)).toEqual(before);
  });
});

describe('GET /domains', () => {
  it('has PUBLIC_URL’s host as the first workspace’s verified domain', async () => {
    const { data } = await list();
    expect(data.find(({ hostname }) => hostname === 'localhost')).toEqual({
      id: expect.stringMatching(/^dom_[0-9A-Za-z]{20}$/),
      hostname: 'localhost',
      displayName: 'localhost',
      status: 'verified',
      dns: [],
      problems: [],
      warnings: [],
      checkedAt: null,
      verifiedAt: expect.any(String),
      lostAt: null,
      isPrimary: false,
      isArchived: false,
      title: null,
      rootUrl: null,
      notFoundUrl: null,
      expiredUrl: null,
      caseSensitive: true,
      robots: 'noindex',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  it('pages through this workspace’s domains, newest first', async () => {
    const { id, apiKey, hostname } = await app.createWorkspace();
    for (const name of ['one.example', 'two.example']) await app.addDomain(id, name, 'verified');
    const first = await list(apiKey, 'limit=2');
    const second = await list(apiKey, `limit=2&cursor=${first.page.nextCursor}`);
    const names = [...first.data, ...second.data].map((domain) => domain.hostname);
    expect(names.sort()).toEqual([hostname, 'one.example', 'two.example'].sort());
  });

  it('refuses an unknown filter', async () => {
    expectInvalid(await app.api('get', '/domains?status=verified&limit=0'), 'limit', 'status');
  });
});

describe('POST /domains', () => {
  it('claims a hostname and says which DNS records to set', async () => {
    const domain = await add({ hostname: 'Links.Brand-One.example.', title: 'Campaigns' });
    const read = await app.api('get', `/domains/${domain.id}`);
    expect(read.body).toEqual(domain);
    expect(domain).toMatchObject({
      hostname: 'links.brand-one.example',
      status: 'pending',
      title: 'Campaigns',
      verifiedAt: null,
      dns: [
        {
          type: 'TXT',
          name: '_hopback.links.brand-one.example',
          value: expect.stringMatching(/^hopback-verify=[0-9A-Za-z]{32}$/),
        },
        { type: 'CNAME', name: 'links.brand-one.example', value: 'localhost' },
      ],
    });
  });

  it('takes names of any script, as punycode', async () => {
    expect(await add({ hostname: 'go.bücher.example' })).toMatchObject({
      hostname: 'go.xn--bcher-kva.example',
      displayName: 'go.bücher.example',
    });
  });

  it('says that the name of a zone can have no CNAME', async () => {
    const { dns } = await add({ hostname: 'apex-zone.example' });
    expect(dns[1]).toMatchObject({ type: 'CNAME', note: expect.stringContaining('ALIAS') });
  });

  it.each([
    ['192.0.2.1', 'ip_address'],
    ['0x7f.1', 'ip_address'],
    ['2130706433', 'ip_address'],
    ['::1', 'hostname'],
    ['[::1]', 'hostname'],
    ['https://go.brand.example', 'hostname'],
    ['go.brand.example/path', 'hostname'],
    ['go.brand.example:443', 'hostname'],
    ['user@go.brand.example', 'hostname'],
    ['go brand.example', 'hostname'],
    ['go.brand.example\r\nx', 'hostname'],
    ['go%2ebrand.example', 'hostname'],
    ['go..brand.example', 'hostname'],
    ['.go.brand.example', 'hostname'],
    ['-go.brand.example', 'hostname'],
    ['go-.brand.example', 'hostname'],
    ['go_x.brand.example', 'hostname'],
    ['*.brand.example', 'hostname'],
    [`${'a'.repeat(64)}.brand.example`, 'hostname'],
    [`${'a.'.repeat(122)}example`, 'too_long'],
    ['xn--.brand.example', 'hostname'],
    ['intranet', 'single_label'],
    ['printer.local', 'not_public'],
    ['x.localhost', 'not_public'],
    ['db.internal', 'not_public'],
    ['co.uk', 'public_suffix'],
    ['github.io', 'public_suffix'],
    ['{"$ne":null}', 'hostname'],
    ['<script>', 'hostname'],
  ])('refuses %j (%s)', async (hostname, code) => {
    const problem = expectInvalid(await app.api('post', '/domains').send({ hostname }), 'hostname');
    expect(problem.errors).toMatchObject([{ code }]);
  });

  it('names every bad field at once', async () => {
    const response = await app.api('post', '/domains').send({
      hostname: 'a..b',
      rootUrl: 'javascript:alert(1)',
      notFoundUrl: 'https://user:secret@shop.example/',
      expiredUrl: 'https://shop.example/{click_id}',
    });
    expectInvalid(response, 'hostname', 'rootUrl', 'notFoundUrl', 'expiredUrl');
    const types = {
      hostname: { $ne: 1 },
      caseSensitive: 'no',
      robots: 'all',
      title: 5,
      isPrimary: true,
      status: 'verified',
    };
    const wrong = await app.api('post', '/domains').send(types);
    expectInvalid(wrong, 'hostname', 'caseSensitive', 'robots', 'title', 'isPrimary', 'status');
  });

  it('is a 409 for a hostname that this workspace has, or another has proved', async () => {
    await add({ hostname: 'twice.example' });
    expectProblem(await app.api('post', '/domains').send({ hostname: 'TWICE.example' }), 409);
    expectProblem(await app.api('post', '/domains').send({ hostname: other.hostname }), 409);
    expectProblem(await app.api('post', '/domains', other.apiKey).send({ hostname: 'localhost' }), 409);
  });

  it('is not hindered by another’s claim: each has a proof of his own', async () => {
    const [one, two] = [await add({ hostname: 'both.example' }), await add({ hostname: 'both.example' }, other.apiKey)];
    expect(one.dns[0]?.value).not.toBe(two.dns[0]?.value);
    expect(one.dns[0]?.name).toBe(two.dns[0]?.name);
  });

  it('gives the same answer for the same Idempotency-Key', async () => {
    const post = () =>
      app.api('post', '/domains').set('idempotency-key', 'domain-1').send({ hostname: 'once.example' });
    const [first, second] = [await post(), await post()];
    expect([second.status, second.body]).toEqual([201, first.body]);
  });
});

describe('PATCH /domains/{id}', () => {
  it('changes what is named, and nothing else', async () => {
    const { id } = await add({ hostname: 'patched.example', title: 'before' });
    const fields = {
      rootUrl: 'https://brand.example/über',
      notFoundUrl: 'https://brand.example/404',
      expiredUrl: 'https://brand.example/over',
      robots: 'index',
      isArchived: true,
    };
    const after = { ...fields, rootUrl: 'https://brand.example/%C3%BCber', title: 'before', status: 'pending' };
    expect((await change(id, fields)).body).toMatchObject(after);
    expect((await change(id, { rootUrl: null, title: null })).body).toMatchObject({
      ...after,
      rootUrl: null,
      title: null,
    });
  });

  it('refuses bad values and what cannot be set', async () => {
    const { id } = await add({ hostname: 'refused.example' });
    expectInvalid(
      await change(id, { hostname: 'x.example', status: 'verified', robots: null, caseSensitive: null, token: 'x' }),
      'hostname',
      'status',
      'robots',
      'caseSensitive',
      'token',
    );
    expectInvalid(
      await change(id, { rootUrl: 'ftp://x.example', notFoundUrl: '//evil.example' }),
      'rootUrl',
      'notFoundUrl',
    );
  });

  it('redirects no visitor in a loop', async () => {
    const { id } = await add({ hostname: 'loop.example' });
    const problem = expectInvalid(await change(id, { rootUrl: `https://${other.hostname}/x` }), 'rootUrl');
    expect(problem.errors?.[0]?.code).toBe('own_domain');
  });

  it('keeps one primary domain at most, also when several requests set one at the same time', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const ids = await Promise.all(
      ['p1.example', 'p2.example', 'p3.example'].map((name) => app.addDomain(id, name, 'verified')),
    );
    const answers = await Promise.all(ids.map((domain) => change(domain, { isPrimary: true }, apiKey)));
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const primary = async () =>
      (await list(apiKey)).data.filter(({ isPrimary }) => isPrimary).map((domain) => domain.id);
    expect((await primary()).length).toBeLessThanOrEqual(1);
    expect((await change(ids[1] ?? '', { isPrimary: true }, apiKey)).body).toMatchObject({ isPrimary: true });
    expect(await primary()).toEqual([ids[1]]);
    expect((await app.createLink({}, apiKey)).domain).toBe('p2.example');
    await change(ids[1] ?? '', { isArchived: true }, apiKey);
    expect(await primary()).toEqual([]);
  });

  it('makes only a verified domain that is not archived the primary one', async () => {
    const { id } = await add({ hostname: 'not-yet.example' });
    expectProblem(await change(id, { isPrimary: true }), 409);
    const { id: workspace, apiKey } = await app.createWorkspace();
    const archived = await app.addDomain(workspace, 'archived.example', 'verified');
    expectProblem(await change(archived, { isPrimary: true, isArchived: true }, apiKey), 409);
  });

  it('lets case not matter only while no slug has capitals', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const domain = await app.addDomain(id, 'cases.example', 'verified');
    const link = await app.createLink({ domain: 'cases.example', slug: 'Über' }, apiKey);
    expectProblem(await change(domain, { caseSensitive: false }, apiKey), 409);
    await app.api('delete', `/links/${link.id}`, apiKey);
    await app.createLink({ domain: 'cases.example', slug: 'small-1' }, apiKey);
    expect((await change(domain, { caseSensitive: false }, apiKey)).body).toMatchObject({ caseSensitive: false });
    expect((await change(domain, { caseSensitive: true }, apiKey)).body).toMatchObject({ caseSensitive: true });
  });
});

describe('case', () => {
  const found = async (hostname: string, slug: string): Promise<number> =>
    (await app.click({ slug, domain: hostname })).status;

  it('comes to matter, and links are found as they are written', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const hostname = 'matter.example';
    const domain = await app.addDomain(id, hostname, 'verified');
    await change(domain, { caseSensitive: false }, apiKey);
    const link = await app.createLink({ domain: hostname, slug: 'Summer' }, apiKey);
    await app.api('patch', `/links/${link.id}`, apiKey).send({ slug: 'Winter', keepOldSlug: true });
    expect([await found(hostname, 'WINTER'), await found(hostname, 'summer')]).toEqual([302, 302]);

    await change(domain, { caseSensitive: true }, apiKey);
    expect([await found(hostname, 'Winter'), await found(hostname, 'Summer')]).toEqual([302, 302]);
    expect(await found(hostname, 'winter')).toBe(404);
    await app.createLink({ domain: hostname, slug: 'winter' }, apiKey);
  });

  it('has changed since a link was deleted, which comes back under its slug all the same', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const hostname = 'since.example';
    const domain = await app.addDomain(id, hostname, 'verified');
    const link = await app.createLink({ domain: hostname, slug: 'Autumn' }, apiKey);
    await app.api('delete', `/links/${link.id}`, apiKey);
    await change(domain, { caseSensitive: false }, apiKey);
    await app.api('post', `/links/${link.id}/restore`, apiKey);
    expect([await found(hostname, 'autumn'), await found(hostname, 'Autumn')]).toEqual([302, 302]);
  });

  it('of letters that grow when they become small moves no wildcard', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const hostname = 'letters.example';
    const domain = await app.addDomain(id, hostname, 'verified');
    await change(domain, { caseSensitive: false }, apiKey);
    await app.createLink(
      { domain: hostname, slug: 'İİ/*', url: 'https://shop.example/$1', clickIdParam: null },
      apiKey,
    );
    const small = 'İİ'.toLowerCase();
    const response = await app.click({ slug: `${small}/red`, domain: hostname });
    expect(response.headers['location']).toBe('https://shop.example/red');
  });
});

describe('an archived domain', () => {
  it('serves its links on, and gets no new ones', async () => {
    const { id, apiKey, hostname } = await app.createWorkspace();
    const domain = await app.addDomain(id, 'old.example', 'verified');
    const link = await app.createLink({ domain: 'old.example' }, apiKey);
    await change(domain, { isArchived: true }, apiKey);
    expect((await app.click(link)).status).toBe(302);
    expectInvalid(
      await app.api('post', '/links', apiKey).send({ url: 'https://x.example', domain: 'old.example' }),
      'domain',
    );
    expect((await app.createLink({}, apiKey)).domain).toBe(hostname);
  });
});

describe('DELETE /domains/{id}', () => {
  it('ends what the domain serves, and frees its hostname', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const domain = await app.addDomain(id, 'gone.example', 'verified');
    const link = await app.createLink({ domain: 'gone.example' }, apiKey);
    expect((await app.click(link)).status).toBe(302);
    expect((await app.api('delete', `/domains/${domain}`, apiKey)).status).toBe(204);
    expect((await app.click(link)).status).toBe(404);
    expectProblem(await app.api('get', `/domains/${domain}`, apiKey), 404);
    expect((await add({ hostname: 'gone.example' })).status).toBe('pending');
  });

  it('does not serve a link under the hostname of a later owner', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const domain = await app.addDomain(id, 'sold.example', 'verified');
    const link = await app.createLink({ domain: 'sold.example' }, apiKey);
    await app.api('delete', `/domains/${domain}`, apiKey);
    await app.addDomain(other.id, 'sold.example', 'verified');
    expect((await app.click(link)).status).toBe(404);
  });

  it('is a 409 for the host of PUBLIC_URL', async () => {
    const own = (await list()).data.find(({ hostname }) => hostname === 'localhost');
    expectProblem(await app.api('delete', `/domains/${own?.id}`), 409);
  });
});

describe('the choice of a link’s domain', () => {
  it('is any verified domain of the workspace, by name', async () => {
    const { id, apiKey, hostname } = await app.createWorkspace();
    await app.addDomain(id, 'second.example', 'verified');
    for (const domain of [hostname, 'second.example']) {
      expect(await app.createLink({ domain }, apiKey)).toMatchObject({ domain });
    }
  });

  it('is the workspace’s oldest by default', async () => {
    const { id, apiKey, hostname } = await app.createWorkspace('zzz.example');
    await app.addDomain(id, 'aaa.example', 'verified');
    expect((await app.createLink({}, apiKey)).domain).toBe(hostname);
  });
});

describe('the audit entry of a domain', () => {
  const actions = async (id: string): Promise<string[]> => {
    const { body } = await app.api('get', `/audit-log?objectId=${id}`);
    return (body as { data: { action: string }[] }).data.map(({ action }) => action);
  };
  const hostnames = async (): Promise<string[]> => (await list()).data.map(({ hostname }) => hostname);

  it('is written with each change', async () => {
    const { id } = await add({ hostname: 'audited.example' });
    expect((await change(id, { title: 'Audited' })).status).toBe(200);
    expect((await app.api('delete', `/domains/${id}`)).status).toBe(204);
    expect(await actions(id)).toEqual(['domain.deleted', 'domain.updated', 'domain.created']);
  });

  it('and the change come together: without the entry, nothing has changed', async () => {
    const { id } = await add({ hostname: 'kept.example', title: 'Before' });
    vi.spyOn(app.app.get(AuditLog), 'record').mockRejectedValue(new Error('no audit entry'));
    const answers = [
      await app.api('post', '/domains').send({ hostname: 'unaudited.example' }),
      await change(id, { title: 'After', isArchived: true }),
      await app.api('delete', `/domains/${id}`),
    ];
    vi.restoreAllMocks();
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500]);
    expect(await hostnames()).not.toContain('unaudited.example');
    const { body } = await app.api('get', `/domains/${id}`);
    expect(body).toMatchObject({ hostname: 'kept.example', title: 'Before', isArchived: false });
    expect(await actions(id)).toEqual(['domain.created']);
  });
});
