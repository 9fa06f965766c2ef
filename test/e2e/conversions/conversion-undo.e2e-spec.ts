import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversionResponse } from '../../../src/conversions/conversions.dto.js';
import type { LinkStatsResponse } from '../../../src/counters/link-stats.dto.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

const UNKNOWN_ID = 'cnv_00000000000000000000';
const EUR = (amount: string) => ({ amount, currency: 'EUR' });

let app: TestApp;
let other: { apiKey: string };
let keyId: string;
beforeAll(async () => {
  app = await TestApp.start();
  other = await app.createWorkspace();
  const { data } = (await app.api('get', '/api-keys')).body as { data: { id: string }[] };
  keyId = data.at(-1)?.id ?? '';
});
afterAll(() => app.close());

const created = async (fields: Record<string, unknown>): Promise<ConversionResponse> => {
  const response = await app.api('post', '/conversions').send(fields);
  expect(response.status, response.text).toBe(201);
  return response.body as ConversionResponse;
};
const patched = async (id: string, fields: object): Promise<void> => {
  const response = await app.api('patch', `/conversions/${id}`).send(fields);
  expect(response.status, response.text).toBe(200);
};
const statsOf = async (linkId: string): Promise<LinkStatsResponse> => (await app.link(linkId)).stats;

describe('access to the undo', () => {
  itAsksForKeyAndScope(() => app, [['post', `/conversions/${UNKNOWN_ID}/undo`, 'conversions:write']]);
});

describe('POST /conversions/{id}/undo', () => {
  const undo = (id: string, body: object = {}, key = app.apiKey) =>
    app.api('post', `/conversions/${id}/undo`, key).send(body);

  it('takes a change back: status, amount, counters, first deposits; both steps stay in history and story', async () => {
    const network = await app.createNetwork({ currency: 'EUR' });
    const { link, clickId } = await app.clickedLink();
    const query = `click_id=${clickId}&event=ftd&txid=U1&status=pending`;
    const { conversionId: id = '' } = await app.goodPostback(network, query);
    // The click is stored in the background; until then, the conversion and the link say less.
    const stats = await eventually(
      () => statsOf(link.id),
      ({ clicks }) => clicks.total === 1,
    );
    const before = await eventually(
      () => app.conversion(id),
      ({ device }) => device !== null,
    );
    await patched(id, { status: 'approved', payout: EUR('50'), note: 'Seen in their list' });
    expect(await statsOf(link.id)).toMatchObject({ approved: 1, payouts: [EUR('50.00')] });

    const response = await undo(id, { note: 'The wrong one' });
    expect(response.status, response.text).toBe(200);
    const after = response.body as ConversionResponse;
    expect({ ...after, history: [] }).toEqual({ ...before, history: [] });
    expect(after.history.map(({ status, by, note }) => [status, by, note])).toEqual([
      ['pending', null, null],
      ['approved', keyId, 'Seen in their list'],
      ['pending', keyId, 'The wrong one'],
    ]);
    expect(await statsOf(link.id)).toEqual(stats);
    const { entries } = (await app.api('get', `/conversions/${id}/story`)).body as {
      entries: { kind: string; by?: string; note?: string; status?: string }[];
    };
    const manual = entries.filter(({ kind }) => kind === 'manual').map(({ by, note }) => [by, note]);
    expect(manual).toEqual([
      [keyId, 'Seen in their list'],
      [keyId, 'The wrong one'],
    ]);
    expect(entries.filter(({ kind }) => kind === 'status').map(({ status }) => status)).toEqual([
      'pending',
      'approved',
      'pending',
    ]);
    const { data } = (await app.api('get', `/audit-log?objectId=${id}`)).body as { data: { action: string }[] };
    expect(data.map(({ action }) => action)).toEqual(['conversion.undone', 'conversion.updated']);
  });

  it('gives a first deposit back to the other one', async () => {
    const { clickId } = await app.clickedLink();
    const deposit = { clickId, eventType: 'deposit', payout: EUR('10') };
    const first = await created({ ...deposit, txid: 'a', convertedAt: '2026-01-01' });
    const second = await created({ ...deposit, txid: 'b', convertedAt: '2026-01-02' });
    await patched(first.id, { status: 'rejected' });
    expect((await app.conversion(second.id)).isFtd).toBe(true);
    expect((await undo(first.id)).status).toBe(200);
    expect([(await app.conversion(first.id)).isFtd, (await app.conversion(second.id)).isFtd]).toEqual([true, false]);
  });

  it('refuses what is nothing to take back, and bad fields', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const made = await created({ clickId, eventType: 'lead' });
    expectProblem(await undo(made.id), 409);
    const { conversionId: id = '' } = await app.goodPostback(
      network,
      `click_id=${clickId}&event=sale&txid=U2&payout=5`,
    );
    expectProblem(await undo(id), 409);
    await patched(id, { status: 'rejected' });
    await app.goodPostback(network, `click_id=${clickId}&event=sale&txid=U2&status=approved&payout=6`);
    expectProblem(await undo(id), 409);
    await patched(id, { status: 'rejected' });
    expectInvalid(await undo(id, { note: '' }), 'note');
    expectInvalid(await undo(id, { status: 'approved' }), 'status');
    expectProblem(await undo(id, {}, other.apiKey), 404);
    expectProblem(await undo(UNKNOWN_ID), 404);
    const statuses = (await Promise.all([undo(id), undo(id), undo(id)])).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(await app.conversion(id)).toMatchObject({ status: 'approved', payout: { amount: '6.00' } });
  });
});
