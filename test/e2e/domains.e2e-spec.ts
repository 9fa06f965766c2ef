import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainsRepository } from '../../src/domains/domains.repository.js';
import type { DomainListResponse } from '../../src/domains/domains.dto.js';
import { newId } from '../../src/platform/ids/ids.js';
import { trustedWorkspaceId } from '../../src/platform/tenancy/workspace-id.js';
import { TestApp } from '../support/test-app.js';
import { itAsksForKeyAndScope } from './access.js';
import { expectInvalid, expectProblem } from './expect-problem.js';

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

const addDomain = async (workspaceId: string, hostname: string, status: 'pending' | 'verified'): Promise<string> => {
  const id = newId('dom');
  const domain = { _id: id, hostname, status, createdAt: new Date() };
  await app.app.get(DomainsRepository).insert(trustedWorkspaceId(workspaceId), domain);
  return id;
};

describe('access to domains', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/domains', 'domains:read'],
      ['get', `/domains/${UNKNOWN_ID}`, 'domains:read'],
    ],
  );
});

describe('GET /domains', () => {
  it('has PUBLIC_URL’s host as the first workspace’s verified domain', async () => {
    expect(await list()).toEqual({
      data: [
        {
          id: expect.stringMatching(/^dom_[0-9A-Za-z]{20}$/),
          hostname: 'localhost',
          status: 'verified',
          createdAt: expect.any(String),
        },
      ],
      page: { nextCursor: null, hasMore: false },
    });
  });

  it('pages through this workspace’s domains, newest first', async () => {
    const { id, apiKey, hostname } = await app.createWorkspace();
    for (const name of ['one.example', 'two.example']) await addDomain(id, name, 'verified');
    const first = await list(apiKey, 'limit=2');
    const second = await list(apiKey, `limit=2&cursor=${first.page.nextCursor}`);
    const names = [...first.data, ...second.data].map((domain) => domain.hostname);
    expect(names.sort()).toEqual([hostname, 'one.example', 'two.example'].sort());
  });

  it('refuses an unknown filter', async () => {
    expectInvalid(await app.api('get', '/domains?status=verified&limit=0'), 'limit', 'status');
  });
});

describe('GET /domains/{id}', () => {
  it('reads a domain', async () => {
    const [domain] = (await list()).data;
    expect((await app.api('get', `/domains/${domain?.id}`)).body).toEqual(domain);
  });

  it('is a 404 for an unknown id and another workspace’s', async () => {
    const [theirs] = (await list(other.apiKey)).data;
    for (const id of [UNKNOWN_ID, 'nonsense', theirs?.id]) {
      expectProblem(await app.api('get', `/domains/${id}`), 404);
    }
  });
});

describe('the choice of a link’s domain', () => {
  it('is any verified domain of the workspace, by name', async () => {
    const { id, apiKey, hostname } = await app.createWorkspace();
    await addDomain(id, 'second.example', 'verified');
    for (const domain of [hostname, 'second.example']) {
      expect(await app.createLink({ domain }, apiKey)).toMatchObject({ domain });
    }
  });

  it('is the workspace’s oldest when nothing is said', async () => {
    const { id, apiKey, hostname } = await app.createWorkspace('zzz.example');
    await addDomain(id, 'aaa.example', 'verified');
    expect((await app.createLink({}, apiKey)).domain).toBe(hostname);
  });
});

describe('GET /internal/tls-allow', () => {
  it.each(['localhost', 'go.brand.example', 'GO.BRAND.EXAMPLE'])('allows %s', async (domain) => {
    expect((await app.plain('get', `/internal/tls-allow?domain=${domain}`)).status).toBe(200);
  });

  it('does not allow a domain that is not verified', async () => {
    await addDomain(other.id, 'pending.example', 'pending');
    expectProblem(await app.plain('get', '/internal/tls-allow?domain=pending.example'), 404);
  });

  it.each([
    '?domain=nobody.example',
    '?domain=brand.example',
    '?domain=x.go.brand.example',
    '?domain=',
    '',
    '?domain=localhost&domain=localhost',
    '?domain[$ne]=x',
  ])('does not allow "%s"', async (query) => {
    expectProblem(await app.plain('get', `/internal/tls-allow${query}`), 404);
  });
});
