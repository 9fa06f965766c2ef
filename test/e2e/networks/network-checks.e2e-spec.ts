import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../../src/networks/network.schema.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { expectInvalid } from '../../support/api/expect-problem.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const tick = (id: string, checksDone: unknown, more: object = {}) =>
  app.api('patch', `/networks/${id}`).send({ checksDone, ...more });
const read = async (id: string): Promise<NetworkResponse> =>
  (await app.api('get', `/networks/${id}`)).body as NetworkResponse;

describe('the checks of a network', () => {
  it('are ticked and unticked, in the order of the checks, each once', async () => {
    const network = await app.createNetwork({ preset: 'affilka' });
    const [first = '', second = ''] = network.checks;
    expect(network.checksDone).toEqual([]);
    const { status, body } = await tick(network.id, [second, first, second]);
    expect(status).toBe(200);
    expect((body as NetworkResponse).checksDone).toEqual([first, second]);
    expect(await read(network.id)).toMatchObject({
      checksDone: [first, second],
      dialectChangedAt: network.dialectChangedAt,
    });
    await app.api('patch', `/networks/${network.id}`).send({ name: 'Other' });
    expect((await read(network.id)).checksDone).toEqual([first, second]);
    await tick(network.id, []);
    expect((await read(network.id)).checksDone).toEqual([]);
  });

  it.each([
    ['an unknown text', ['no check'], 'checksDone.0'],
    ['no list', 'x', 'checksDone'],
    ['a number', [1], 'checksDone'],
    ['null', null, 'checksDone'],
  ])('refuse %s', async (_, checksDone, path) => {
    const { id } = await app.createNetwork({ preset: 'affilka' });
    expectInvalid(await tick(id, checksDone), path);
    expect((await read(id)).checksDone).toEqual([]);
  });

  it('belong to the preset: another one has none ticked, a request for both is checked with the new one', async () => {
    const network = await app.createNetwork({ preset: 'affilka' });
    const [check = ''] = network.checks;
    await tick(network.id, [check]);
    await app.api('patch', `/networks/${network.id}`).send({ preset: 'keitaro' });
    const other = await read(network.id);
    expect(other.checksDone).toEqual([]);
    expectInvalid(await tick(network.id, [check]), 'checksDone.0');
    expect((await tick(network.id, [check], { preset: 'affilka' })).status).toBe(200);
    expectInvalid(await tick(network.id, [check], { preset: null }), 'checksDone.0');
  });

  it('are not ticked any more when their text has changed', async () => {
    const network = await app.createNetwork({ preset: 'affilka' });
    const [check = ''] = network.checks;
    const checksDone = [check, 'The text of an earlier release.'];
    await app.connection.collection<Network>('networks').updateOne({ _id: network.id }, { $set: { checksDone } });
    expect((await read(network.id)).checksDone).toEqual([check]);
  });

  it('are not given at the creation', async () => {
    const response = await app.api('post', '/networks').send({ name: 'n', preset: 'affilka', checksDone: [] });
    expectInvalid(response, 'checksDone');
  });
});

describe('what a network sends', () => {
  it('is that of its preset, and of its own mapping', async () => {
    const affilka = await app.createNetwork({ preset: 'affilka' });
    expect(affilka).toMatchObject({
      presetName: 'Affilka (SOFTSWISS)',
      verified: true,
      unverifiedParts: ['macroSyntax', 'macros', 'events'],
      sends: {
        events: ['registration', 'ftd', 'deposit'],
        hasOwnEvents: false,
        statuses: ['approved'],
        params: ['click_id', 'payout', 'currency'],
      },
      limits: { noTransactionId: true, noPayout: false, noStatus: true, noPlayerId: true },
    });
    const pinUp = await app.createNetwork({ preset: 'pin-up', mapping: { events: { baseline: 'qualified' } } });
    expect(pinUp.sends).toMatchObject({ events: ['registration', 'ftd', 'deposit', 'qualified'], hasOwnEvents: true });
    const own = await app.createNetwork();
    expect(own).toMatchObject({ presetName: null, verified: null, unverifiedParts: [], sends: null, limits: null });
  });
});
