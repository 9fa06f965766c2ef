import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainCache } from '../../../src/domains/domain-cache.service.js';
import { DomainsRepository } from '../../../src/domains/domains.repository.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { BROWSER, TestApp } from '../../support/test-app.js';
import { expectProblem } from '../../support/api/expect-problem.js';

const HOST = 'handover.example';

let app: TestApp;
let former: { id: string; apiKey: string };
let owner: { id: string; apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  former = await app.createWorkspace();
  owner = await app.createWorkspace();
});
afterAll(() => app.close());

/** Makes the hostname this workspace's, as a proof would; the others' is a mere claim from then on. */
const handTo = async ({ id }: { id: string }): Promise<void> => {
  const domains = app.app.get(DomainsRepository);
  for (const other of [former, owner]) {
    const claim = { hostname: HOST, status: 'verified' } as const;
    await domains.updateOne(trustedWorkspaceId(other.id), claim as never, { $set: { status: 'pending' } });
  }
  const workspaceId = trustedWorkspaceId(id);
  const verified = { $set: { status: 'verified' as const } };
  if (!(await domains.updateOne(workspaceId, { hostname: HOST } as never, verified))) {
    await domains.insert(workspaceId, { _id: newId('dom'), hostname: HOST, status: 'verified', createdAt: new Date() });
  }
  await app.app.get(DomainCache).refresh();
};
const make = (by: { apiKey: string }, slug: string, url: string) =>
  app.api('post', '/links', by.apiKey).send({ url, slug, domain: HOST });
const leadsTo = async (slug: string): Promise<string | undefined> => {
  const { headers } = await app.plain('get', `/${slug}`).set('host', HOST).set('user-agent', BROWSER);
  return headers['location']?.split('?')[0];
};

describe('S27 a hostname that changes hands', () => {
  it('S27 has all slugs free for its new owner, and back its links for the former one', async () => {
    await handTo(former);
    const first = await make(former, 'summer', 'https://former.example/');
    expect(first.status).toBe(201);
    expect(await leadsTo('summer')).toBe('https://former.example/');

    await handTo(owner);
    expect(await leadsTo('summer')).toBeUndefined();
    const second = await make(owner, 'summer', 'https://owner.example/');
    expect(second.status).toBe(201);
    expect(await leadsTo('summer')).toBe('https://owner.example/');
    expectProblem(await make(owner, 'summer', 'https://owner.example/2'), 409);

    // Changes of the former owner's link are its own business.
    const { id } = first.body as LinkResponse;
    const changed = await app.api('patch', `/links/${id}`, former.apiKey).send({ slug: 'winter' });
    expect(changed.status).toBe(200);
    expect([await leadsTo('winter'), await leadsTo('summer')]).toEqual([undefined, 'https://owner.example/']);
    await app.api('patch', `/links/${id}`, former.apiKey).send({ slug: 'summer' });

    await handTo(former);
    expect(await leadsTo('summer')).toBe('https://former.example/');
    expect((await make(former, 'autumn', 'https://former.example/')).status).toBe(201);
    await handTo(owner);
    expect(await leadsTo('summer')).toBe('https://owner.example/');
    expect(await leadsTo('autumn')).toBeUndefined();
  });

  it('S27 finds a link by its address through the index', async () => {
    const filter = { hostname: HOST, slugKeys: 'summer', workspaceId: owner.id, live: true };
    const plan = await app.connection.collection('links').find(filter).explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('hostname_1_slugKeys_1_workspaceId_1');
  });
});
