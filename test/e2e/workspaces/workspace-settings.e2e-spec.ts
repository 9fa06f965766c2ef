import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANS } from '../../../src/workspaces/plans/plans.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../../../src/workspaces/settings/workspace-settings.service.js';
import type { WorkspaceResponse } from '../../../src/workspaces/workspaces.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const PATH = '/workspaces/current';
const DEFAULTS = {
  currency: 'USD',
  timezone: 'UTC',
  retention: { postbackDays: 90, clickDays: null, auditDays: 365 },
  privacy: { ipDays: 7, honourDoNotTrack: false },
  postbacksWhenDown: 'refuse',
};

let app: TestApp;
let second: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app });
});
afterAll(async () => {
  await second.close();
  await app.close();
});

const read = async (key: string): Promise<WorkspaceResponse> => {
  const response = await app.api('get', PATH, key);
  expect(response.status).toBe(200);
  return response.body as WorkspaceResponse;
};
const change = async (key: string, body: object): Promise<WorkspaceResponse> => {
  const response = await app.api('patch', PATH, key).send(body);
  expect(response.status).toBe(200);
  return response.body as WorkspaceResponse;
};
const settings = (id: string, of = app) => of.app.get(WorkspaceSettingsService).of(trustedWorkspaceId(id));

describe('access to the settings', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', PATH, 'workspaces:read'],
      ['patch', PATH, 'workspaces:write'],
    ],
  );
});

describe('the settings of a workspace', () => {
  it('are the defaults at first, in a document that has none of them', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const stored = await app.connection.collection('workspaces').findOne({ _id: id as never });
    for (const name of Object.keys(DEFAULTS)) expect(stored).not.toHaveProperty(name);
    expect(await read(apiKey)).toEqual({ id, name: 'Other', ...DEFAULTS });
    expect(await settings(id)).toEqual({ ...DEFAULTS, limits: PLANS.unlimited });
  });

  it('change by what is given alone', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const renamed = { id, name: 'Team Ö', ...DEFAULTS };
    expect(await change(apiKey, { name: 'Team Ö' })).toEqual(renamed);
    expect(await change(apiKey, {})).toEqual(renamed);
    expect(await change(apiKey, { retention: {} })).toEqual(renamed);
    expect(await change(apiKey, { currency: 'EUR', postbacksWhenDown: 'spool' })).toEqual({
      ...renamed,
      currency: 'EUR',
      postbacksWhenDown: 'spool',
    });
    const changes = { retention: { postbackDays: 3650, clickDays: 30 }, privacy: { honourDoNotTrack: true } };
    await change(apiKey, { ...changes, postbacksWhenDown: 'refuse' });
    const after = await change(apiKey, { retention: { auditDays: 1 }, privacy: { ipDays: 0 } });
    expect(after).toEqual({
      ...renamed,
      currency: 'EUR',
      retention: { postbackDays: 3650, clickDays: 30, auditDays: 1 },
      privacy: { ipDays: 0, honourDoNotTrack: true },
    });
    expect((await change(apiKey, { retention: { clickDays: null } })).retention.clickDays).toBeNull();
    await change(apiKey, { retention: { clickDays: 30 } });
    expect(await read(apiKey)).toEqual(after);
  });

  it('are those of the key’s workspace, and of no other', async () => {
    const [one, two] = [await app.createWorkspace(), await app.createWorkspace()];
    await change(one.apiKey, { currency: 'CHF' });
    expect((await read(two.apiKey)).currency).toBe('USD');
    expect((await settings(two.id)).currency).toBe('USD');
  });

  it.each<[string, object, ...string[]]>([
    ['an empty name', { name: '' }, 'name'],
    ['null as a name', { name: null }, 'name'],
    ['a currency that is none', { currency: 'EURO' }, 'currency'],
    ['a currency in lower case', { currency: 'eur' }, 'currency'],
    ['null as a currency', { currency: null }, 'currency'],
    ['no day', { retention: { postbackDays: 0 } }, 'retention.postbackDays'],
    ['too many days', { retention: { postbackDays: 3651 } }, 'retention.postbackDays'],
    ['half a day', { retention: { postbackDays: 0.5 } }, 'retention.postbackDays'],
    ['days as text', { retention: { postbackDays: '90' } }, 'retention.postbackDays'],
    ['null as retention', { retention: null }, 'retention'],
    ['a list as retention', { retention: [] }, 'retention'],
    ['another retention', { retention: { linkDays: 1 } }, 'retention.linkDays'],
    ['no day for clicks', { retention: { clickDays: 0 } }, 'retention.clickDays'],
    ['no end for the audit log', { retention: { auditDays: null } }, 'retention.auditDays'],
    ['null for addresses', { privacy: { ipDays: null } }, 'privacy.ipDays'],
    [
      'fewer days than none',
      { privacy: { ipDays: -1, honourDoNotTrack: 1 } },
      'privacy.ipDays',
      'privacy.honourDoNotTrack',
    ],
    ['a plan of its own', { plan: { name: 'unlimited' } }, 'plan'],
    ['another word', { postbacksWhenDown: 'drop' }, 'postbacksWhenDown'],
    ['fields of others', { id: 'wsp_x', members: [], isFirst: true }, 'id', 'members', 'isFirst'],
    ['several at once', { name: 1, currency: 'X', postbacksWhenDown: 1 }, 'name', 'currency', 'postbacksWhenDown'],
  ])('refuse %s, and stay as they are', async (_, body, ...paths) => {
    const before = await read(app.apiKey);
    expectInvalid(await app.api('patch', PATH).send(body), ...paths);
    expect(await read(app.apiKey)).toEqual(before);
  });
});

describe('settings as other rooms ask for them', () => {
  it('follow a change at once in the process that made it, and soon in another', async () => {
    const { id, apiKey } = await app.createWorkspace();
    expect((await settings(id, second)).currency).toBe('USD');
    await settings(id);
    await change(apiKey, { currency: 'GBP' });
    expect((await settings(id)).currency).toBe('GBP');
    await eventually(
      () => settings(id, second),
      ({ currency }) => currency === 'GBP',
      3_000,
    );
  });

  it('cost one read for many who ask', async () => {
    const { id } = await app.createWorkspace();
    const answers = await Promise.all(Array.from({ length: 500 }, () => settings(id)));
    expect(new Set(answers).size).toBe(1);
  });

  it('are a 404 for a workspace that is not there', async () => {
    await expect(settings('wsp_00000000000000000000')).rejects.toMatchObject({
      code: 'not_found',
    });
    const { id, apiKey } = await app.createWorkspace();
    await app.connection.collection('workspaces').deleteOne({ _id: id as never });
    expectProblem(await app.api('get', PATH, apiKey), 404);
    expectProblem(await app.api('patch', PATH, apiKey).send({ name: 'x' }), 404);
    expectProblem(await app.api('patch', PATH, apiKey).send({}), 404);
  });
});
