import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/platform/http/problems/problem.js';
import { PLANS } from '../../../src/workspaces/plans/plans.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { Quotas } from '../../../src/workspaces/plans/quotas.service.js';
import { WorkspaceSettingsService } from '../../../src/workspaces/settings/workspace-settings.service.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ env: { DEFAULT_PLAN: 'free' } });
});
afterAll(() => app.close());

const usage = async (key: string): Promise<Record<string, unknown>> =>
  (await app.api('get', '/workspaces/usage', key)).body as Record<string, unknown>;

/** A workspace with limits of its own. */
async function limited(limits: Record<string, number>): Promise<{ id: string; apiKey: string }> {
  const workspace = await app.createWorkspace();
  const { id } = workspace;
  const $set = { 'plan.limits': limits };
  await app.connection.collection<{ _id: string }>('workspaces').updateOne({ _id: id }, { $set });
  await eventually(
    () => app.app.get(WorkspaceSettingsService).of(trustedWorkspaceId(id)),
    (settings) => Object.entries(limits).every(([name, limit]) => settings.limits[name as 'links'] === limit),
  );
  return workspace;
}

function expectExceeded(response: Response, quota: string, limit: number): void {
  expect({ status: response.status, body: response.body as Problem }).toMatchObject({
    status: 403,
    body: { code: 'quota_exceeded', detail: `${quota}: the plan allows ${limit}, ${limit} are in use.` },
  });
}

describe('GET /workspaces/usage', () => {
  itAsksForKeyAndScope(() => app, [['get', '/workspaces/usage', 'workspaces:read']]);

  it('says what there is and what the plan allows', async () => {
    const { apiKey, id } = await app.createWorkspace();
    const link = await app.createLink({}, apiKey);
    await app.api('delete', `/links/${(await app.createLink({}, apiKey)).id}`, apiKey);
    await app.createNetwork({ name: 'N' }, apiKey);
    expect(link.id).toBeDefined();
    expect(await usage(apiKey)).toEqual({
      id,
      plan: 'free',
      links: { used: 1, limit: PLANS.free.links },
      domains: { used: 1, limit: PLANS.free.domains },
      networks: { used: 1, limit: PLANS.free.networks },
      apiKeys: { used: 1, limit: PLANS.free.apiKeys },
      conversionImports: { used: 0, limit: PLANS.free.conversionImports },
      apiRequestsPerMinute: { used: null, limit: PLANS.free.apiRequestsPerMinute },
    });
  });

  it('limits nothing in the first workspace', async () => {
    expect(await usage(app.apiKey)).toMatchObject({
      plan: 'unlimited',
      links: { limit: null },
      apiKeys: { limit: null },
    });
  });
});

describe('a plan', () => {
  it('stops keys and networks at its limit, and says so; what is deleted makes room', async () => {
    const { apiKey } = await limited({ apiKeys: 2, networks: 1 });
    const newKey = () => app.api('post', '/api-keys', apiKey).send({ name: 'k', scopes: ['links:read'] });
    const first = await newKey();
    expect(first.status).toBe(201);
    expectExceeded(await newKey(), 'apiKeys', 2);
    await app.api('delete', `/api-keys/${(first.body as { id: string }).id}`, apiKey);
    expect((await newKey()).status).toBe(201);

    const network = await app.createNetwork({}, apiKey);
    expectExceeded(await app.api('post', '/networks', apiKey).send({ name: 'N' }), 'networks', 1);
    expect((await app.api('patch', `/networks/${network.id}`, apiKey).send({ name: 'M' })).status).toBe(200);
  });

  it('gives its last free unit to one request, however many come at once', async () => {
    const { apiKey } = await limited({ links: 3, networks: 1, domains: 1, apiKeys: 2, conversionImports: 1 });
    const wishes: [quota: string, ask: (n: number) => Promise<Response>][] = [
      ['links', async (n) => app.api('post', '/links', apiKey).send({ url: `https://shop.example/${n}` })],
      ['networks', async () => app.api('post', '/networks', apiKey).send({ name: 'N' })],
      ['domains', async (n) => app.api('post', '/domains', apiKey).send({ hostname: `go${n}.quota.example` })],
      ['apiKeys', async () => app.api('post', '/api-keys', apiKey).send({ name: 'k', scopes: ['links:read'] })],
      [
        'conversionImports',
        async () => app.api('post', '/conversions/import', apiKey).type('text/csv').send('click_id,event\nx,sale\n'),
      ],
    ];
    for (const [quota, ask] of wishes) {
      const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => ask(n)));
      expect(
        answers.filter(({ status }) => status >= 500),
        quota,
      ).toEqual([]);
    }
    const used = await usage(apiKey);
    // The workspace of a test comes with a domain and a key.
    expect(used).toMatchObject({
      links: { used: 3 },
      networks: { used: 1 },
      domains: { used: 1 },
      apiKeys: { used: 2 },
      conversionImports: { used: 1 },
    });
  });

  it('that admits no API requests admits none', async () => {
    const { apiKey } = await limited({ apiRequestsPerMinute: 0 });
    const refused = await app.api('get', '/links', apiKey);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
  });

  it('stops no redirect and no postback', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const [link, network] = [await app.createLink({}, apiKey), await app.createNetwork({}, apiKey)];
    const none = { links: 0, networks: 0, domains: 0, apiKeys: 0, conversionImports: 0, apiRequestsPerMinute: 0 };
    const workspaces = app.connection.collection<{ _id: string }>('workspaces');
    await workspaces.updateOne({ _id: id }, { $set: { 'plan.limits': none } });
    const clickId = await app.clickId(link);
    expect((await app.goodPostback(network, `click_id=${clickId}&event=ftd`)).verdict).toBe('accepted');
  });

  it('is asked about several at once', async () => {
    const { id, apiKey } = await limited({ links: 3 });
    await app.createLink({}, apiKey);
    const quotas = app.app.get(Quotas);
    const workspaceId = trustedWorkspaceId(id);
    await expect(quotas.check(workspaceId, 'links', 2)).resolves.toBeUndefined();
    await expect(quotas.check(workspaceId, 'links', 3)).rejects.toMatchObject({ code: 'quota_exceeded' });
    expect(await quotas.limitOf(workspaceId, 'links')).toBe(3);
  });
});
