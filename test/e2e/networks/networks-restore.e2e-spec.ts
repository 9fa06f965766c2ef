import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../../src/networks/network.schema.js';
import type { NetworkListResponse, NetworkResponse } from '../../../src/networks/networks.dto.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectProblem } from '../../support/api/expect-problem.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

const UNKNOWN_ID = 'net_00000000000000000000';
const DAY_MS = 86_400_000;

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const restore = (id: string, key = app.apiKey) => app.api('post', `/networks/${id}/restore`, key);
const deleted = async (fields: object = {}): Promise<NetworkResponse> => {
  const network = await app.createNetwork(fields as Record<string, unknown>);
  expect((await app.api('delete', `/networks/${network.id}`)).status).toBe(204);
  return network;
};
const deletedSince = (id: string, days: number) =>
  app.connection
    .collection<Network>('networks')
    .updateOne({ _id: id }, { $set: { deletedAt: new Date(Date.now() - days * DAY_MS) } });

describe('access to the restoring of a network', () => {
  itAsksForKeyAndScope(() => app, [['post', `/networks/${UNKNOWN_ID}/restore`, 'networks:write']]);
});

describe('POST /networks/{id}/restore', () => {
  it('makes the same keys and mapping work again', async () => {
    const network = await app.createNetwork({
      name: 'Phoenix',
      mapping: { params: { click_id: ['xx'] }, events: { 'first money': 'ftd' } },
    });
    const rotated = (await app.api('post', `/networks/${network.id}/rotate-key`)).body as NetworkResponse;
    const link = await app.createLink({ networkId: network.id });
    const clickId = await app.clickId(link);
    expect((await app.postback(rotated, 'xx=1')).status).toBe(422);
    await app.api('delete', `/networks/${network.id}`);
    for (const key of [rotated.key, network.key]) expectProblem(await app.postback({ key }, `xx=${clickId}`), 404);
    expectProblem(await app.api('get', `/networks/${network.id}`), 404);

    const response = await restore(network.id);
    expect(response.status).toBe(200);
    const { updatedAt: _, dialectChangedAt: __, ...rest } = rotated;
    expect(response.body).toMatchObject(rest);
    // A process may know for a second that there is no such key.
    const isKnown = async (): Promise<boolean> => (await app.postback(network, 'xx=1')).status === 422;
    await eventually(isKnown, Boolean);
    const answer = await app.goodPostback(rotated, `xx=${clickId}&event=First%20Money`);
    expect(await app.conversion(answer.conversionId ?? '')).toMatchObject({ eventType: 'ftd', networkId: network.id });
  });

  it('is recorded with its author', async () => {
    const network = await deleted();
    await restore(network.id);
    const { body } = await app.api('get', `/audit-log?objectId=${network.id}`);
    const { data } = body as { data: { action: string }[] };
    expect(data.map(({ action }) => action)).toEqual(['network.restored', 'network.deleted', 'network.created']);
  });

  it.each([
    ['is in use', async () => (await app.createNetwork()).id],
    ['never existed', async () => UNKNOWN_ID],
    ['has a malformed id', async () => 'nonsense'],
    [
      'was deleted 31 days ago',
      async () => {
        const { id } = await deleted();
        await deletedSince(id, 31);
        return id;
      },
    ],
    [
      'belongs to another workspace',
      async () => {
        const { apiKey } = await app.createWorkspace();
        const { id } = await app.createNetwork({}, apiKey);
        await app.api('delete', `/networks/${id}`, apiKey);
        return id;
      },
    ],
  ] as [string, () => Promise<string>][])('is a 404 for a network that %s', async (_, reference) => {
    expectProblem(await restore(await reference()), 404);
  });

  it('happens once of several at a time', async () => {
    const { id } = await deleted();
    const statuses = (await Promise.all([restore(id), restore(id), restore(id)])).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 404, 404]);
  });
});

describe('a deleted network', () => {
  it('is in no list, no search and no quota, and is not found by changes', async () => {
    const { apiKey, id: workspaceId } = await app.createWorkspace();
    const network = await app.createNetwork({ name: 'Gone Casino' }, apiKey);
    await app.api('delete', `/networks/${network.id}`, apiKey);
    expect(((await app.api('get', '/networks', apiKey)).body as NetworkListResponse).data).toEqual([]);
    const found = (await app.api('get', '/search?q=Gone', apiKey)).body as { results: { kind: string }[] };
    expect(found.results.filter(({ kind }) => kind === 'network')).toEqual([]);
    expectProblem(await app.api('patch', `/networks/${network.id}`, apiKey).send({ name: 'x' }), 404);
    expectProblem(await app.api('post', `/networks/${network.id}/rotate-key`, apiKey), 404);
    expect(
      (await app.api('post', '/links', apiKey).send({ url: 'https://shop.example/', networkId: network.id })).status,
    ).toBe(422);
    const stored = await app.connection.collection('networks').countDocuments({ workspaceId: workspaceId as never });
    expect(stored).toBe(1);
  });

  it('goes for good after 30 days, and not before', async () => {
    const [old, recent, used] = [await deleted(), await deleted(), await app.createNetwork()];
    await deletedSince(old.id, 31);
    await deletedSince(recent.id, 29);
    await app.job('retention').runNow();
    const ids = [old, recent, used].map(({ id }) => id);
    const left = await app.connection
      .collection<Network>('networks')
      .find({ _id: { $in: ids } })
      .toArray();
    expect(left.map(({ _id }) => _id).toSorted()).toEqual([recent.id, used.id].toSorted());
    expect((await restore(recent.id)).status).toBe(200);
  });

  it('goes with its workspace', async () => {
    const { apiKey, id: workspaceId } = await app.createWorkspace();
    const network = await app.createNetwork({}, apiKey);
    await app.api('delete', `/networks/${network.id}`, apiKey);
    const { name } = (await app.api('get', '/workspaces/current', apiKey)).body as { name: string };
    expect((await app.api('delete', '/workspaces/current', apiKey).send({ confirm: name })).status).toBe(202);
    await app.finishDeletion(workspaceId);
    expect(await app.connection.collection<Network>('networks').countDocuments({ _id: network.id })).toBe(0);
  });
});
