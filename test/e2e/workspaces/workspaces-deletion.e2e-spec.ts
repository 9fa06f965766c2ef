import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainsRepository } from '../../../src/domains/domains.repository.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import type { DeletionResponse } from '../../../src/workspaces/deletion/workspace-deletions.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

interface Tenant {
  id: string;
  apiKey: string;
}

const remove = (key: string, confirm = 'Other') => app.api('delete', '/workspaces/current', key).send({ confirm });
const progress = async (id: string) => (await app.api('get', `/workspaces/${id}/deletion`)).body as DeletionResponse;
const done = (id: string) =>
  eventually(
    () => progress(id),
    ({ status }) => status === 'deleted',
    15_000,
  );
const hurry = async (id: string): Promise<void> => {
  await app.finishDeletion(id);
  expect((await progress(id)).status).toBe('deleted');
};

/** How many documents of a workspace there are, by collection, whatever collections there are. */
async function contents(workspaceId: string): Promise<Record<string, number>> {
  const db = app.connection.db!;
  const counts: Record<string, number> = {};
  for (const { name } of await db.listCollections().toArray()) {
    const filter = { $or: [{ workspaceId }, ...(name === 'workspaces' ? [{ _id: workspaceId as never }] : [])] };
    const count = await db.collection(name).countDocuments(filter);
    if (count > 0) counts[name] = count;
  }
  return counts;
}

/** Something of everything that a workspace can have. */
async function furnish({ apiKey }: Tenant): Promise<{ slug: string; domain: string; number: number; key: string }> {
  const network = await app.createNetwork({}, apiKey);
  const link = await app.createLink({ networkId: network.id, clickLimit: 50 }, apiKey);
  const clickId = await app.clickId(link);
  await app.storedClick(clickId, apiKey);
  await app.goodPostback(network, `click_id=${clickId}&event=ftd&payout=50`);
  await app
    .api('post', '/api-keys', apiKey)
    .set('idempotency-key', 'a')
    .send({ name: 'k', scopes: ['links:read'] });
  const stored = await app.connection.collection<{ _id: string; number: number }>('links').findOne({ _id: link.id });
  return { slug: link.slug, domain: link.domain, number: stored?.number ?? 0, key: network.key };
}

describe('DELETE /workspaces/current', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['delete', '/workspaces/current', 'workspaces:delete'],
      ['get', '/workspaces/current/deletion', 'workspaces:read'],
    ],
  );

  it('asks for the name, and stops at the first workspace', async () => {
    const { apiKey } = await app.createWorkspace();
    expectInvalid(await remove(apiKey, 'other'), 'confirm');
    expectInvalid(await app.api('delete', '/workspaces/current', apiKey).send({}), 'confirm');
    expectProblem(await remove(app.apiKey, 'My workspace'), 409);
    expect((await app.api('get', '/workspaces/current/deletion', apiKey)).body).toMatchObject({ status: 'none' });
    expect((await app.api('get', '/links', apiKey)).status).toBe(200);
  });

  it('deletes all that it has, and nothing of another', async () => {
    const [gone, stays] = [await app.createWorkspace(), await app.createWorkspace()];
    const link = await furnish(gone);
    await furnish(stays);
    const before = await contents(stays.id);
    expect(Object.keys(await contents(gone.id)).length).toBeGreaterThanOrEqual(10);

    const response = await remove(gone.apiKey);
    expect(response.status, response.text).toBe(202);
    expect(response.body).toMatchObject({ id: gone.id, status: 'deleting', finishedAt: null });
    expect((await app.click(link)).status).toBe(404);
    expect((await app.postback(link, 'click_id=x')).status).toBe(404);
    expectProblem(await app.api('get', '/links', gone.apiKey), 403);
    expect((await app.api('get', '/workspaces/current/deletion', gone.apiKey)).body).toMatchObject({ id: gone.id });

    expect((await done(gone.id)).deleted).toMatchObject({ links: 1, clicks: 1, conversions: 1, domains: 1 });
    expect(await contents(gone.id)).toEqual({});
    expectProblem(await app.api('get', '/workspaces/current/deletion', gone.apiKey), 401);
    expect(await contents(stays.id)).toEqual(before);

    const next = await furnish(await app.createWorkspace());
    expect(next.number).toBeGreaterThan(link.number);
    const { data } = (await app.api('get', '/audit-log?action=workspace.deleted')).body as { data: object[] };
    expect(data).toContainEqual(expect.objectContaining({ objectId: gone.id, before: { name: 'Other' } }));
  });

  it('ends its domains at once, with all that they served beside links', async () => {
    const gone = await app.createWorkspace();
    const hostname = 'deleted-brand.example';
    const leads = { rootUrl: 'https://brand.example/', notFoundUrl: 'https://brand.example/404' };
    const fields = { _id: newId('dom'), hostname, status: 'verified' as const, createdAt: new Date(), ...leads };
    await app.app.get(DomainsRepository).insert(trustedWorkspaceId(gone.id), fields);
    const statuses = (): Promise<number[]> =>
      Promise.all([
        ...['/', '/robots.txt', '/no-link'].map(
          async (path) => (await app.plain('get', path).set('host', hostname)).status,
        ),
        (async () => (await app.plain('get', `/internal/tls-allow?domain=${hostname}`)).status)(),
      ]);
    expect(await eventually(statuses, ([root]) => root === 302)).toEqual([302, 200, 302, 200]);
    expect((await remove(gone.apiKey)).status).toBe(202);
    expect(await statuses()).toEqual([404, 404, 404, 404]);
    const other = await app.createWorkspace();
    expect((await app.api('post', '/domains', other.apiKey).send({ hostname })).status).toBe(201);
    await hurry(gone.id);
  });

  it('knows every collection, by its field or by name', async () => {
    await furnish({ id: '', apiKey: app.apiKey });
    const models = Object.values(app.connection.models);
    const unowned = models.filter((model) => !model.schema.path('workspaceId')).map((m) => m.collection.collectionName);
    expect(unowned.filter((name) => !OWNERLESS.has(name))).toEqual([]);
  });

  it('continues where a killed process has left it, when its lease has expired', async () => {
    const workspace = await app.createWorkspace();
    await furnish(workspace);
    const deletions = app.connection.collection<{ _id: string; finishedAt: Date | null }>('workspaceDeletions');
    await remove(workspace.apiKey);
    const of = { _id: workspace.id };
    await deletions.updateOne(of, { $set: { holder: 'killed', leaseUntil: new Date(Date.now() + 60_000) } });
    await app.finishDeletion(workspace.id);
    expect((await deletions.findOne(of))?.finishedAt).toBeNull();
    await deletions.updateOne(of, { $set: { leaseUntil: new Date() } });
    await hurry(workspace.id);
    expect(await contents(workspace.id)).toEqual({});
  });

  it('shows its progress to its own workspace and the operator’s only', async () => {
    const [gone, other] = [await app.createWorkspace(), await app.createWorkspace()];
    await remove(gone.apiKey);
    expectProblem(await app.api('get', `/workspaces/${gone.id}/deletion`, other.apiKey), 404);
    expectProblem(await app.api('get', `/workspaces/wsp_00000000000000000000/deletion`), 404);
    await hurry(gone.id);
  });

  it('finds what comes in late', async () => {
    const gone = await app.createWorkspace();
    await remove(gone.apiKey);
    await hurry(gone.id);
    await app.connection.collection('clicks').insertOne({ _id: 'late' as never, workspaceId: gone.id });
    await app.finishDeletion(gone.id);
    expect(await contents(gone.id)).toEqual({});
  });
});

/** Collections that have nothing of a workspace, but the workspaces themselves: see the schemas. */
const OWNERLESS: ReadonlySet<string> = new Set([
  'workspaces',
  'workspaceDeletions',
  'sequences',
  'linkScans',
  'conversionFactsMigrations',
  'instances',
  'instanceSecrets',
  'spoolOffsets',
  'rematchRuns',
  'leases',
  // People belong to several workspaces.
  'users',
  'sessions',
  'challenges',
  'mails',
]);

describe('who creates workspaces', () => {
  it('is the first workspace alone', async () => {
    const { apiKey } = await app.createWorkspace();
    const response = await app.api('post', '/workspaces', apiKey).send({ name: 'Mine' });
    expect(expectProblem(response, 403).detail).toContain('first workspace');
  });
});
