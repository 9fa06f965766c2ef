import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FirstStart } from '../../../src/runtime/first-start.service.js';
import type { WorkspaceCreatedResponse } from '../../../src/workspaces/workspaces.dto.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const create = async (name: string): Promise<WorkspaceCreatedResponse> => {
  const response = await app.api('post', '/workspaces').send({ name });
  expect(response.status).toBe(201);
  return response.body as WorkspaceCreatedResponse;
};

describe('access to workspaces', () => {
  itAsksForKeyAndScope(() => app, [['post', '/workspaces', 'workspaces:write']]);
});

describe('POST /workspaces', () => {
  it('makes a workspace with a key that may do everything in it', async () => {
    const { id, name, apiKey } = await create('Team Ö');
    expect({ id, name, apiKey }).toEqual({
      id: expect.stringMatching(/^wsp_[0-9A-Za-z]{20}$/),
      name: 'Team Ö',
      apiKey: expect.stringMatching(/^hb_[0-9A-Za-z]{36}$/),
    });
    const { data } = (await app.api('get', '/api-keys', apiKey)).body as { data: unknown[] };
    expect(data).toMatchObject([{ name: 'Owner', scopes: ['*'] }]);
  });

  it('shows the new workspace nothing of the old one', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    await app.goodPostback(network, `click_id=${clickId}`);
    const { apiKey } = await create('Empty');
    for (const path of ['/links', '/networks', '/domains', '/conversions', '/postbacks']) {
      const response = await app.api('get', path, apiKey);
      expect(response.body).toEqual({ data: [], page: { nextCursor: null, hasMore: false } });
    }
  });

  it('has no domain yet, and says so when a link is to be made', async () => {
    const { apiKey } = await create('No domain');
    const response = await app.api('post', '/links', apiKey).send({ url: 'https://shop.example/' });
    expect(expectInvalid(response, 'domain').detail).toContain('no verified domain');
  });

  it('may be called as another is', async () => {
    expect((await create('Same')).id).not.toBe((await create('Same')).id);
  });

  it.each<[string, object, ...string[]]>([
    ['no name', {}, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a long name', { name: 'x'.repeat(101) }, 'name'],
    ['a number', { name: 1 }, 'name'],
    ['null', { name: null }, 'name'],
    ['an operator', { name: { $ne: null } }, 'name'],
    ['an apiKey of its own', { name: 'n', apiKey: 'x'.repeat(30) }, 'apiKey'],
    ['several bad fields', { name: 1, isFirst: true, members: [] }, 'isFirst', 'members', 'name'],
  ])('refuses %s', async (_, body, ...paths) => {
    expectInvalid(await app.api('post', '/workspaces').send(body), ...paths);
  });
});

describe('the first start', () => {
  it('makes one workspace with the given key and PUBLIC_URL’s host, and a second start nothing', async () => {
    const workspaces = app.connection.collection('workspaces');
    const before = await workspaces.countDocuments();
    const { apiKey, ownerLink } = await app.app.get(FirstStart).prepare();
    expect(apiKey).toBeUndefined();
    expect(ownerLink).toMatch(new RegExp(`^${app.baseUrl}/app/welcome#[0-9a-z]+\\.[\\w-]{43}$`));
    expect(await workspaces.countDocuments()).toBe(before);
    const { data } = (await app.api('get', '/domains')).body as { data: unknown[] };
    expect(data).toMatchObject([{ hostname: 'localhost', status: 'verified' }]);
  });
});
