import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork({ currency: 'USD' });
});
afterAll(() => app.close());

const AT = new Date('2026-01-01T10:00:00Z');
const fifty = { amount: '50', currency: 'USD' };

/** A conversion as the version before kept it: without updates, refunds and the like. */
const storeOld = async (clickId: string, linkId: string, fields: object): Promise<string> => {
  const _id = newId('cnv');
  const workspaceId = (
    (await app.connection.collection('links').findOne({ _id: linkId as never })) as { workspaceId: string } | null
  )?.workspaceId;
  const history = [
    {
      at: AT,
      status: 'approved',
      networkStatus: null,
      payout: fifty,
      origin: 'postback',
      sourceId: 'pbk_old',
      note: null,
    },
  ];
  await app.connection.collection('conversions').insertOne({
    _id: _id as never,
    workspaceId,
    networkId: network.id,
    linkId,
    clickId,
    clickedAt: AT,
    eventType: 'sale',
    dedupeKey: 'tx:sale:OLD',
    txid: 'OLD',
    playerId: null,
    status: 'approved',
    statusAt: AT,
    networkStatus: null,
    statusOrigin: 'postback',
    payout: fifty,
    revenue: fifty,
    payoutAt: AT,
    payoutOrigin: 'postback',
    payoutStatus: 'approved',
    isFtd: false,
    clickVersion: null,
    convertedAt: AT,
    history,
    flags: [],
    facts: null,
    createdAt: AT,
    updatedAt: AT,
    ...fields,
  });
  return _id;
};
const rejection = { at: new Date(AT.getTime() + 60_000), status: 'rejected', networkStatus: 'refund', payout: fifty };
const verdictOf = async (query: string) => (await app.goodPostback(network, query)).verdict;

describe('a conversion that the version before stored', () => {
  it('is found by its transaction id, and a repeat of it changes nothing', async () => {
    const { clickId, link } = await app.clickedLink();
    const id = await storeOld(clickId, link.id, { dedupeKey: 'tx:sale:O-1', txid: 'O-1' });
    const before = await app.connection.collection('conversions').findOne({ _id: id as never });
    const sale = `click_id=${clickId}&event=sale&txid=O-1&payout=50`;
    expect(await app.goodPostback(network, sale)).toMatchObject({ verdict: 'duplicate', conversionId: id });
    expect(await app.connection.collection('conversions').findOne({ _id: id as never })).toEqual(before);
    expect(await app.conversion(id)).toMatchObject({ payout: { amount: '50.00' }, refunded: null });
    const other = await app.clickedLink();
    const reused = await app.goodPostback(network, `click_id=${other.clickId}&event=sale&txid=O-1&payout=70`);
    expect(reused.verdict).toBe('accepted');
    expect((await app.conversion(reused.conversionId ?? '')).flags).toEqual(['txid_reused']);
  });

  it('K4 stays refunded when its sale comes again, as its history says', async () => {
    const { clickId, link } = await app.clickedLink();
    const sold = {
      at: AT,
      status: 'approved',
      networkStatus: null,
      payout: fifty,
      origin: 'postback',
      sourceId: 'a',
      note: null,
    };
    const refunded = { ...rejection, origin: 'postback', sourceId: 'b', note: null };
    const fields = { status: 'rejected', statusAt: rejection.at, networkStatus: 'refund', history: [sold, refunded] };
    const id = await storeOld(clickId, link.id, { dedupeKey: 'tx:sale:O-2', txid: 'O-2', ...fields });
    expect(await verdictOf(`click_id=${clickId}&event=sale&txid=O-2&payout=50`)).toBe('duplicate');
    expect((await app.conversion(id)).status).toBe('rejected');
    expect(await verdictOf(`click_id=${clickId}&event=sale&txid=O-2&payout=60`)).toBe('updated');
    expect(await app.conversion(id)).toMatchObject({ status: 'approved', payout: { amount: '60.00' } });
  });

  it('K6 is refunded in part', async () => {
    const { clickId, link } = await app.clickedLink();
    const id = await storeOld(clickId, link.id, { dedupeKey: 'tx:sale:O-3', txid: 'O-3' });
    expect(await verdictOf(`click_id=${clickId}&event=refund&txid=O-3&payout=20`)).toBe('updated');
    expect(await app.conversion(id)).toMatchObject({ status: 'approved', payout: { amount: '30.00' } });
    expect(await verdictOf(`click_id=${clickId}&event=refund&txid=O-3&payout=20`)).toBe('duplicate');
  });

  it('K2 of a share of revenue is the same for its click, and another for others', async () => {
    const { clickId, link } = await app.clickedLink();
    const fields = { eventType: 'revshare', txid: null, dedupeKey: `day:revshare:${link.id}:2026-01-01` };
    const id = await storeOld(clickId, link.id, fields);
    const share = `event=revshare&payout=50&time=${AT.toISOString()}`;
    expect(await app.goodPostback(network, `click_id=${clickId}&${share}`)).toMatchObject({
      verdict: 'duplicate',
      conversionId: id,
    });
    expect(await verdictOf(`click_id=${await app.clickId(link)}&${share}`)).toBe('accepted');
  });

  it('from before origins and flags were kept is read all the same', async () => {
    const { clickId, link } = await app.clickedLink();
    const id = await storeOld(clickId, link.id, { dedupeKey: 'tx:sale:O-4', txid: 'O-4' });
    const gone = {
      statusOrigin: 1,
      payoutOrigin: 1,
      payoutStatus: 1,
      flags: 1,
      playerId: 1,
      revenue: 1,
      clickVersion: 1,
    };
    await app.connection.collection('conversions').updateOne({ _id: id as never }, { $unset: gone });
    expect(await verdictOf(`click_id=${clickId}&event=sale&txid=O-4&payout=50`)).toBe('duplicate');
    expect(await verdictOf(`click_id=${clickId}&event=sale&txid=O-4&payout=60`)).toBe('updated');
    expect((await app.conversion(id)).payout?.amount).toBe('60.00');
  });
});
