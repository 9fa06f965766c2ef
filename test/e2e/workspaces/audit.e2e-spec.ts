import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Transactions } from '../../../src/platform/mongo/transactions.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import type { AuditEntryResponse, AuditLogResponse } from '../../../src/workspaces/audit/audit-log.dto.js';
import { AuditLog } from '../../../src/workspaces/audit/audit-log.service.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const entries = async (query = '', key = app.apiKey): Promise<AuditEntryResponse[]> => {
  const response = await app.api('get', `/audit-log?limit=100&${query}`, key);
  expect(response.status, response.text).toBe(200);
  return (response.body as AuditLogResponse).data;
};

describe('GET /audit-log', () => {
  itAsksForKeyAndScope(() => app, [['get', '/audit-log', 'audit:read']]);

  it('says who did what, when, from where and in which request', async () => {
    const { id: actor } = (await app.api('post', '/api-keys').send({ name: 'Robot', scopes: ['*'] })).body as {
      id: string;
    };
    const [made] = await entries(`objectId=${actor}`);
    expect(made).toMatchObject({
      id: expect.stringMatching(/^aud_/),
      action: 'api-key.created',
      actor: { kind: 'key', name: 'Owner' },
      before: null,
      after: { name: 'Robot', scopes: ['*'] },
    });
    expect(made?.ip).toMatch(/127\.0\.0\.1/);
    const response = await app.api('patch', `/api-keys/${actor}`).send({ name: 'Machine' });
    const [changed] = await entries(`objectId=${actor}&action=api-key.updated`);
    expect(changed).toMatchObject({ before: { name: 'Robot' }, after: { name: 'Machine' } });
    expect(changed?.requestId).toBe(response.headers['x-request-id']);
    expect(Object.keys(changed?.after ?? {})).toEqual(['name']);
  });

  it('has keys, networks, payouts, settings and exports', async () => {
    const { apiKey, id: workspaceId } = await app.createWorkspace();
    const key = (await app.api('post', '/api-keys', apiKey).send({ name: 'k', scopes: ['links:read'] })).body as {
      id: string;
      key: string;
    };
    const rotated = (await app.api('post', `/api-keys/${key.id}/rotate`, apiKey).send({})).body as { key: string };
    await app.api('delete', `/api-keys/${key.id}`, apiKey);
    await app.api('patch', '/workspaces/current', apiKey).send({ currency: 'CHF', privacy: { ipDays: 1 } });
    const security = { token: { param: 't', value: 'a-very-secret-token' } };
    const network = await app.createNetwork({ security }, apiKey);
    await app.api('patch', `/networks/${network.id}`, apiKey).send({ name: 'Other', currency: 'PLN' });
    await app.api('post', `/networks/${network.id}/rotate-key`, apiKey);
    await app.api('delete', `/networks/${network.id}/old-key`, apiKey);
    await app.api('delete', `/networks/${network.id}`, apiKey);
    for (const path of ['clicks', 'conversions', 'postbacks']) await app.api('get', `/${path}/export`, apiKey);
    const link = await app.createLink({}, apiKey);
    const clickId = await app.clickId(link);
    const told = await app
      .api('post', '/conversions', apiKey)
      .send({ clickId, eventType: 'sale', payout: { amount: '5', currency: 'EUR' } });
    const { id } = told.body as { id: string };
    const payout = { amount: '7', currency: 'EUR' };
    await app.api('patch', `/conversions/${id}`, apiKey).send({ payout, note: 'by phone' });
    const file = `click_id,event,payout,currency\n${clickId},ftd,9,EUR\n`;
    const upload = (query: string) =>
      app.api('post', `/conversions/import${query}`, apiKey).type('text/csv').send(file);
    expect((await upload('?dryRun=true')).status).toBe(202);
    const imported = await eventually(
      () => upload(''),
      ({ status }) => status === 202, // one at a time
    );

    const all = await entries('', apiKey);
    const actions = all.map(({ action }) => action).filter((action) => !action.startsWith('link.'));
    expect(actions).toEqual([
      'conversions.imported',
      'conversion.updated',
      'conversion.told',
      'postbacks.exported',
      'conversions.exported',
      'clicks.exported',
      'network.deleted',
      'network.old-key-ended',
      'network.key-rotated',
      'network.updated',
      'network.created',
      'workspace.updated',
      'api-key.revoked',
      'api-key.rotated',
      'api-key.created',
    ]);
    const text = JSON.stringify(all);
    for (const secret of [key.key, rotated.key, network.key, 'a-very-secret-token']) expect(text).not.toContain(secret);
    const of = (action: string) => all.find((entry) => entry.action === action);
    expect(of('conversion.updated')).toMatchObject({
      before: { payout: { amount: '5' } },
      after: { payout: { amount: '7' }, note: 'by phone' },
    });
    expect(of('conversions.imported')).toMatchObject({
      objectId: (imported.body as { id: string }).id,
      after: { rows: 1, columns: ['click_id', 'event', 'payout', 'currency'] },
    });
    expect(of('workspace.updated')).toMatchObject({
      objectId: workspaceId,
      before: { currency: 'USD', privacy: { ipDays: 7 } },
      after: { currency: 'CHF', privacy: { ipDays: 1 } },
    });
    expect(of('network.key-rotated')).toMatchObject({ before: { key: '***' }, after: { key: '***' } });
  });

  it('has nothing of what did not happen', async () => {
    const { apiKey } = await app.createWorkspace();
    await app.api('patch', '/workspaces/current', apiKey).send({ currency: 'USD', retention: {} });
    await app.api('post', '/api-keys', apiKey).send({ name: 'k', scopes: ['nonsense'] });
    await app.api('delete', '/networks/net_00000000000000000000', apiKey);
    const { data } = (await app.api('get', '/api-keys', apiKey)).body as { data: { id: string }[] };
    await app.api('delete', `/api-keys/${data[0]?.id}`, apiKey);
    expect(await entries('', apiKey)).toEqual([]);
  });

  it('is stored with the change or not at all', async () => {
    const { apiKey, id } = await app.createWorkspace();
    const log = app.app.get(AuditLog);
    const caller = {
      workspaceId: trustedWorkspaceId(id),
      actor: { kind: 'key' as const, id: 'key_x', name: 'x' },
      ip: '127.0.0.1',
      requestId: 'r',
    };
    const change = app.app.get(Transactions).run(async (tx) => {
      await log.record(caller, { action: 'x.made', objectId: 'x', after: { a: 1 } }, tx);
      throw new Error('it failed');
    });
    await expect(change).rejects.toThrow('it failed');
    expect(await entries('', apiKey)).toEqual([]);
  });

  it('is filtered by action, object, actor and time, and read in pages', async () => {
    const { apiKey } = await app.createWorkspace();
    const before = new Date(Date.now() - 1).toISOString();
    for (const currency of ['EUR', 'GBP', 'CHF']) {
      await app.api('patch', '/workspaces/current', apiKey).send({ currency });
    }
    const all = await entries('', apiKey);
    expect(all).toHaveLength(3);
    expect(await entries('action=api-key.created', apiKey)).toEqual([]);
    expect(await entries(`actor=${all[0]?.actor.id}`, apiKey)).toEqual(all);
    expect(await entries('actor=key_00000000000000000000', apiKey)).toEqual([]);
    expect(await entries(`from=${before}`, apiKey)).toEqual(all);
    expect(await entries(`to=${before}`, apiKey)).toEqual([]);
    const { data, page } = (await app.api('get', '/audit-log?limit=2', apiKey)).body as AuditLogResponse;
    expect([...data, ...(await entries(`cursor=${page.nextCursor}`, apiKey))]).toEqual(all);
    expectInvalid(await app.api('get', '/audit-log?from=yesterday&objectId[$ne]=x', apiKey), 'from', 'objectId[$ne]');
  });
});
