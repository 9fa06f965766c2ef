import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { WorkspacesRepository } from '../../../src/workspaces/workspaces.repository.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

interface Entry {
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}
const entriesOf = async ({ id }: { id: string }): Promise<Entry[]> => {
  const { body } = await app.api('get', `/audit-log?objectId=${id}`);
  return (body as { data: Entry[] }).data.toReversed();
};

describe('who changes links', () => {
  it('shows the values before and after, and no secret', async () => {
    const link = await app.createLink({ url: 'https://one.example/' });
    await app.api('patch', `/links/${link.id}`).send({ url: 'https://two.example/', password: 'open sesame' });
    await app.api('patch', `/links/bulk`).send({ ids: [link.id], changes: { title: 'T' } });
    await app.api('patch', `/links/${link.id}`).send({ title: 'T' });
    await app.api('delete', `/links/${link.id}`);
    await app.api('post', `/links/${link.id}/restore`);
    const entries = await entriesOf(link);
    expect(entries.map(({ action }) => action)).toEqual([
      'link.created',
      'link.updated',
      'link.updated',
      'link.deleted',
      'link.restored',
    ]);
    expect(entries[0]?.after).toMatchObject({ url: 'https://one.example/' });
    expect(entries[1]).toMatchObject({
      before: { url: 'https://one.example/' },
      after: { url: 'https://two.example/', password: expect.stringMatching(/^\*+$|masked/i) },
    });
    expect(JSON.stringify(entries)).not.toContain('sesame');
    expect(JSON.stringify(entries)).not.toContain('argon2');
    expect(entries[2]).toMatchObject({ after: { title: 'T' } });
  });
});

describe('a password', () => {
  it('is asked for from when it is set until it is cleared, and never given back', async () => {
    const link = await app.createLink({ password: 'open sesame' });
    expect(link.hasPassword).toBe(true);
    expect(JSON.stringify(link)).not.toContain('sesame');
    expect((await app.click(link)).status).toBe(200);
    const { body } = await app.api('patch', `/links/${link.id}`).send({ password: null });
    expect((body as LinkResponse).hasPassword).toBe(false);
    expect((await app.click(link)).status).toBe(302);
  });

  it('opens the link to a visitor who enters it', async () => {
    const link = await app.createLink({ password: 'open sesame' });
    const unlock = (password: string) =>
      app
        .plain('post', '/_/unlock')
        .set({ host: link.domain, cookie: 'hopback_try=1' })
        .type('form')
        .send({ slug: link.slug, query: 'sub1=a', password });
    expect((await unlock('wrong')).status).toBe(403);
    const right = await unlock('open sesame');
    expect(right.status).toBe(303);
    expect(right.headers['location']).toBe(`/${link.slug}?sub1=a`);
    const cookie = [right.headers['set-cookie'] ?? []]
      .flat()
      .map((text) => text.split(';')[0])
      .join('; ');
    const { status, headers } = await app.click(link, '?sub1=a').set('cookie', cookie);
    expect(status).toBe(302);
    expect(headers['location']).toMatch(/^https:\/\/shop\.example\/lp\?click_id=\w+&sub1=a$/);
  });
});

describe('a plan', () => {
  it('that is used up prevents new links, and stops none', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const link = await app.createLink({}, apiKey);
    const workspaces = app.app.get(WorkspacesRepository);
    await workspaces.updateById(trustedWorkspaceId(id), { $set: { plan: { limits: { links: 1 } } } });
    const response = await eventually(
      async () => app.api('post', '/links', apiKey).send({ url: 'https://shop.example/' }),
      ({ status }) => status === 403,
    );
    expect(response.body).toMatchObject({ code: 'quota_exceeded' });
    expect((await app.click(link)).status).toBe(302);
    const bulk = await app.api('post', '/links/bulk', apiKey).send({ links: [{ url: 'https://shop.example/' }] });
    expect(bulk.body).toMatchObject({ results: [{ status: 403, error: { code: 'quota_exceeded' } }] });
    expectProblem(await app.api('get', `/links/${link.id}`), 404);
  });
});
