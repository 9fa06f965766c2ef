import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClickIdService } from '../../../src/clicks/click-id.service.js';
import type { ConversionListResponse, ConversionResponse } from '../../../src/conversions/conversions.dto.js';
import type { LinkStatsResponse } from '../../../src/counters/link-stats.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

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

const create = (fields: Record<string, unknown>) => app.api('post', '/conversions').send(fields);
const created = async (fields: Record<string, unknown>): Promise<ConversionResponse> => {
  const response = await create(fields);
  expect(response.status, response.text).toBe(201);
  return response.body as ConversionResponse;
};
const patch = (id: string, fields: object, key = app.apiKey) =>
  app.api('patch', `/conversions/${id}`, key).send(fields);
const patched = async (id: string, fields: object): Promise<ConversionResponse> => {
  const response = await patch(id, fields);
  expect(response.status, response.text).toBe(200);
  return response.body as ConversionResponse;
};
const statsOf = async (linkId: string): Promise<LinkStatsResponse> => (await app.link(linkId)).stats;
const verdictOf = ({ status, headers }: Response): unknown[] => [status, headers['x-hopback-verdict']];
const codesOf = (response: Response): unknown =>
  expectProblem(response, 422).errors?.map(({ path, code }) => `${path} ${code}`);

describe('access to manual conversions', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['post', '/conversions', 'conversions:write'],
      ['patch', `/conversions/${UNKNOWN_ID}`, 'conversions:write'],
    ],
  );
});

describe('POST /conversions', () => {
  it('makes a conversion like any other', async () => {
    const network = await app.createNetwork();
    const { link, clickId } = await app.clickedLink();
    await app.storedClick(clickId);
    const response = await create({
      clickId,
      eventType: 'ftd',
      status: 'pending',
      payout: EUR('50'),
      txid: 'T1',
      networkId: network.id,
      playerId: 'P1',
      convertedAt: '2026-01-02T03:04:05Z',
      note: 'by phone',
    });
    expect(verdictOf(response)).toEqual([201, 'accepted']);
    const body = response.body as ConversionResponse;
    expect(body).toMatchObject({
      eventType: 'ftd',
      status: 'pending',
      isFtd: true,
      clickId,
      linkId: link.id,
      networkId: network.id,
      txid: 'T1',
      playerId: 'P1',
      payout: EUR('50.00'),
      device: 'desktop',
      convertedAt: '2026-01-02T03:04:05.000Z',
      history: [{ origin: 'manual', by: keyId, postbackId: null, note: 'by phone', status: 'pending' }],
    });
    expect(await app.conversion(body.id)).toEqual(body);
    expect(await statsOf(link.id)).toMatchObject({ conversions: 1, ftds: 1, pending: 1 });
  });

  it('says when it was known already, and is the same as what its network posts back', async () => {
    const network = await app.createNetwork();
    const { link, clickId } = await app.clickedLink();
    const fields = { clickId, eventType: 'sale', txid: 'T2', networkId: network.id, payout: EUR('5') };
    const first = await create(fields);
    const again = await create(fields);
    const rejected = await create({ ...fields, status: 'rejected' });
    expect([first, again, rejected].map(verdictOf)).toEqual([
      [201, 'accepted'],
      [200, 'duplicate'],
      [200, 'updated'],
    ]);
    const { id } = first.body as ConversionResponse;
    expect(rejected.body).toMatchObject({ id, status: 'rejected' });
    const posted = await app.goodPostback(network, `click_id=${clickId}&event=sale&txid=T2`);
    expect(posted).toMatchObject({ verdict: 'updated', conversionId: id });
    expect(await statsOf(link.id)).toMatchObject({ conversions: 1, approved: 1, payouts: [EUR('5.00')] });
  });

  it('takes a share of revenue for a link, negative too', async () => {
    const link = await app.createLink();
    const day = { linkId: link.id, eventType: 'revshare', convertedAt: '2026-01-02' };
    const body = await created({ ...day, payout: EUR('-12.5') });
    expect(body).toMatchObject({ clickId: null, linkId: link.id, payout: EUR('-12.50') });
    expect((await create(day)).body).toMatchObject({ id: body.id });
    expect(verdictOf(await create({ ...day, convertedAt: '2026-01-03' }))).toEqual([201, 'accepted']);
    expect(await statsOf(link.id)).toMatchObject({ conversions: 2, payouts: [EUR('-12.50')] });
  });

  it('runs once for an Idempotency-Key', async () => {
    const { clickId } = await app.clickedLink();
    const send = () => create({ clickId, eventType: 'lead', note: 'once' }).set('idempotency-key', `k-${clickId}`);
    const [one, two] = [await send(), await send()];
    expect(two.body).toEqual(one.body);
    expect((await app.conversion((one.body as ConversionResponse).id)).history).toHaveLength(1);
  });

  it('refuses click ids that are not ours, and says which way', async () => {
    const { clickId } = await app.clickedLink();
    const theirs = await app.clickId(await app.createLink({}, other.apiKey));
    const forged = clickId.slice(0, -1) + (clickId.endsWith('0') ? '1' : '0');
    const test = app.app.get(ClickIdService).mintTest(1);
    const codes: Record<string, unknown> = {};
    for (const id of ['junk', forged, theirs, test])
      codes[id] = codesOf(await create({ clickId: id, eventType: 'ftd' }));
    expect(codes).toEqual({
      junk: ['clickId malformed_click_id'],
      [forged]: ['clickId forged_click_id'],
      [theirs]: ['clickId unknown_click'],
      [test]: ['clickId test_click_id'],
    });
  });

  it('names every field that is wrong', async () => {
    const [mine, link] = [await app.clickedLink(), await app.createLink()];
    const foreign = await app.createNetwork({}, other.apiKey);
    const theirLink = await app.createLink({}, other.apiKey);
    const { clickId } = mine;
    expect(
      codesOf(
        await create({
          eventType: 'ftd',
          payout: EUR('-5'),
          networkId: foreign.id,
          convertedAt: new Date(Date.now() + 120_000).toISOString(),
        }),
      ),
    ).toEqual([
      'clickId missing_click_id',
      'payout.amount negative_amount',
      'networkId not_found',
      'convertedAt in_future',
    ]);
    expect(codesOf(await create({ linkId: link.id, eventType: 'ftd' }))).toEqual(['clickId missing_click_id']);
    expect(codesOf(await create({ linkId: link.id, clickId, eventType: 'revshare' }))).toEqual(['linkId one_of_both']);
    expect(codesOf(await create({ linkId: clickId, eventType: 'revshare' }))).toEqual(['linkId not_found']);
    expect(codesOf(await create({ linkId: theirLink.id, eventType: 'revshare' }))).toEqual(['linkId not_found']);
    expect(codesOf(await create({ clickId: link.id, eventType: 'revshare' }))).toEqual(['clickId malformed_click_id']);
    expectInvalid(
      await create({
        clickId: 1,
        eventType: 'x',
        status: 'y',
        payout: { amount: 5, currency: 'E' },
        txid: '',
        nope: 1,
      }),
      'clickId',
      'eventType',
      'nope',
      'payout.amount',
      'payout.currency',
      'status',
      'txid',
    );
    expect((await statsOf(mine.link.id)).conversions).toBe(0);
  });
});

describe('PATCH /conversions/{id}', () => {
  it('changes the status, moves counters and first deposits along, and keeps who and why', async () => {
    const { link, clickId } = await app.clickedLink();
    const first = await created({
      clickId,
      eventType: 'deposit',
      txid: 'a',
      payout: EUR('10'),
      convertedAt: '2026-01-01',
    });
    const second = await created({
      clickId,
      eventType: 'deposit',
      txid: 'b',
      payout: EUR('7'),
      convertedAt: '2026-01-02',
    });
    expect([first.isFtd, second.isFtd]).toEqual([true, false]);
    const rejected = await patched(first.id, { status: 'rejected', note: 'fraud' });
    expect(rejected).toMatchObject({ status: 'rejected', isFtd: false, convertedAt: first.convertedAt });
    expect(rejected.history).toHaveLength(2);
    expect(rejected.history[1]).toMatchObject({ status: 'rejected', by: keyId, note: 'fraud', origin: 'manual' });
    expect((await app.conversion(second.id)).isFtd).toBe(true);
    expect(await statsOf(link.id)).toMatchObject({ approved: 1, rejected: 1, ftds: 1, payouts: [EUR('7.00')] });
    await patched(first.id, { status: 'approved' });
    expect(await statsOf(link.id)).toMatchObject({ approved: 2, rejected: 0, ftds: 1, payouts: [EUR('17.00')] });
  });

  it('changes the amount whatever the status, and of an approved one what is counted', async () => {
    const { link, clickId } = await app.clickedLink();
    const { id } = await created({ clickId, eventType: 'sale', payout: EUR('10') });
    expect(await patched(id, { payout: EUR('4') })).toMatchObject({ payout: EUR('4.00'), status: 'approved' });
    expect((await statsOf(link.id)).payouts).toEqual([EUR('4.00')]);
    expect(await patched(id, { payout: EUR('3'), status: 'rejected' })).toMatchObject({ payout: EUR('3.00') });
    expect(await patched(id, { payout: { amount: '2', currency: 'USD' } })).toMatchObject({ status: 'rejected' });
    expect((await statsOf(link.id)).payouts).toEqual([]);
    expect((await patched(id, { status: 'approved' })).history).toHaveLength(5);
    expect((await statsOf(link.id)).payouts).toEqual([{ amount: '2.00', currency: 'USD' }]);
  });

  it('overrides what the network sent before, and not what it sends later', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const send = (query: string) => app.goodPostback(network, `click_id=${clickId}&event=sale&txid=t&${query}`);
    const { conversionId: id = '' } = await send('status=confirmed&payout=5');
    expect(await patched(id, { note: 'looks fine' })).toMatchObject({ status: 'approved', networkStatus: 'confirmed' });
    expect(await patched(id, { status: 'rejected' })).toMatchObject({ status: 'rejected', networkStatus: null });
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    expect((await send(`status=approved&payout=9&time=${hourAgo}`)).verdict).toBe('duplicate');
    expect((await app.conversion(id)).status).toBe('rejected');
    expect((await send('status=approved&payout=6')).verdict).toBe('updated');
    expect(await app.conversion(id)).toMatchObject({ status: 'approved', payout: EUR('6.00') });
  });

  it('adds a note to the same status, and nothing where nothing is new', async () => {
    const { clickId } = await app.clickedLink();
    const { id } = await created({ clickId, eventType: 'lead', payout: EUR('1') });
    expect((await patched(id, { status: 'approved', payout: EUR('1.00') })).history).toHaveLength(1);
    const { history } = await patched(id, { status: 'approved', note: 'called them' });
    expect(history.map(({ note }) => note)).toEqual([null, 'called them']);
  });

  it('never takes a final status back', async () => {
    const { link, clickId } = await app.clickedLink();
    const { id } = await created({ clickId, eventType: 'lead', status: 'pending' });
    await patched(id, { status: 'pending', note: 'still waiting' });
    for (const status of ['approved', 'rejected']) {
      await patched(id, { status });
      const response = await patch(id, { status: 'pending', note: 'hm' });
      expect([response.status, (response.body as { code: string }).code]).toEqual([409, 'invalid_transition']);
    }
    expect((await app.conversion(id)).history).toHaveLength(4);
    expect(await statsOf(link.id)).toMatchObject({ pending: 0, rejected: 1 });
  });

  it('does not end in two histories where two change it at once', async () => {
    const { link, clickId } = await app.clickedLink();
    const { id } = await created({ clickId, eventType: 'deposit', payout: EUR('5') });
    const notes = Array.from({ length: 8 }, (_, i) => `note ${i}`);
    const statuses = ['approved', 'rejected'];
    const responses = await Promise.all(notes.map((note, i) => patch(id, { note, status: statuses[i % 2] })));
    expect(responses.map(({ status }) => status)).toEqual(notes.map(() => 200));
    const { history, status } = await app.conversion(id);
    expect(history.flatMap(({ note }) => note ?? []).sort()).toEqual(notes);
    expect(await statsOf(link.id)).toMatchObject({ conversions: 1, [status]: 1 });
  });

  it('refuses what is no change, bad fields, and conversions that are not there', async () => {
    const { clickId } = await app.clickedLink();
    const { id } = await created({ clickId, eventType: 'lead' });
    expectInvalid(await patch(id, {}), 'status');
    expectInvalid(await patch(id, { status: 'ignore', note: '', txid: 'x' }), 'note', 'status', 'txid');
    expectInvalid(await patch(id, { note: 'x'.repeat(501) }), 'note');
    expectInvalid(await patch(id, { payout: EUR('-1') }), 'payout.amount');
    expectProblem(await patch(UNKNOWN_ID, { note: 'x' }), 404);
    expectProblem(await patch(id, { note: 'x' }, other.apiKey), 404);
    expect((await app.conversion(id)).history).toHaveLength(1);
  });
});

describe('GET /conversions', () => {
  const idsOf = async (query: string): Promise<string[]> => {
    const response = await app.api('get', `/conversions?${query}`);
    expect(response.status, response.text).toBe(200);
    return (response.body as ConversionListResponse).data.map(({ id }) => id);
  };

  it('finds conversions by player, flag, first deposit and the time of the click', async () => {
    const { link, clickId } = await app.clickedLink();
    const { at } = await app.storedClick(clickId);
    const on = `linkId=${link.id}`;
    const lead = await created({ clickId, eventType: 'lead', playerId: 'Anna' });
    const early = await created({ clickId, eventType: 'ftd', payout: EUR('5'), convertedAt: '2026-01-01' });
    expect(await idsOf(`${on}&playerId=Anna`)).toEqual([lead.id]);
    expect(await idsOf(`${on}&isFtd=true`)).toEqual([early.id]);
    expect(await idsOf(`${on}&isFtd=false`)).toEqual([lead.id]);
    expect(await idsOf(`${on}&flag=before_click`)).toEqual([early.id]);
    expect(await idsOf(`${on}&to=2026-01-02`)).toEqual([early.id]);
    expect(await idsOf(`${on}&timeBy=conversion&to=2026-01-02`)).toEqual([early.id]);
    expect(await idsOf(`${on}&timeBy=click&to=2026-01-02`)).toEqual([]);
    expect(await idsOf(`${on}&timeBy=click&from=${at}`)).toEqual([early.id, lead.id]);
    expect(await idsOf(`${on}&timeBy=click&to=${at}`)).toEqual([]);
  });

  it.each([
    ['timeBy=arrival', 'timeBy'],
    ['isFtd=1', 'isFtd'],
    ['flag=odd', 'flag'],
    ['playerId=a&playerId=b', 'playerId'],
  ])('refuses ?%s', async (query, path) => {
    expectInvalid(await app.api('get', `/conversions?${query}`), path);
  });
});

describe('a conversion that comes before its click is stored', () => {
  const waiting = () => app.connection.collection('conversions').countDocuments({ factsDue: { $exists: true } });
  const factsIn = async (id: string): Promise<unknown> =>
    (await app.connection.collection<{ _id: string; facts: unknown }>('conversions').findOne({ _id: id }))?.facts;

  it('gets the facts when the click is, though it changes meanwhile, and keeps them', async () => {
    const link = await app.createLink();
    await app.stopShipper();
    const clickIds = await Promise.all(Array.from({ length: 5 }, () => app.clickId(link, '?sub1=fb')));
    const ids = await Promise.all(
      clickIds.map(async (clickId) => (await created({ clickId, eventType: 'sale', payout: EUR('1') })).id),
    );
    expect(await Promise.all(ids.map(factsIn))).toEqual(ids.map(() => null));
    await app.restartShipper();
    let notes = 0;
    await eventually(
      async () => {
        await Promise.all(ids.map((id) => patched(id, { note: `note ${notes}` })));
        notes++;
        return waiting();
      },
      (count) => count === 0,
    );
    for (const id of ids) {
      await patched(id, { note: 'after' });
      expect(await factsIn(id)).toMatchObject({ device: 'desktop', os: 'Linux', subs: { sub1: 'fb' } });
      const { history, subs } = await app.conversion(id);
      expect(history).toHaveLength(notes + 2);
      expect(subs).toEqual({ sub1: 'fb' });
    }
    expect(await waiting()).toBe(0);
  });

  it('takes the facts over from another conversion of that click, should the click be gone', async () => {
    const clicks = app.connection.collection<{ _id: string }>('clicks');
    const clickId = await app.clickId(await app.createLink(), '?sub1=fb');
    await eventually(
      () => clicks.countDocuments({ _id: clickId }),
      (count) => count === 1,
    );
    const first = await created({ clickId, eventType: 'registration' });
    await clicks.deleteOne({ _id: clickId });
    const second = await created({ clickId, eventType: 'ftd', payout: EUR('1') });
    expect(await factsIn(second.id)).toEqual(await factsIn(first.id));
    expect(await factsIn(second.id)).toMatchObject({ subs: { sub1: 'fb' } });
    expect(await waiting()).toBe(0);
  });

  it('is not waited for for ever', async () => {
    const clickId = app.app.get(ClickIdService).mint(1, Date.now());
    const { id } = await created({ clickId, eventType: 'lead' });
    const past = { $set: { factsDue: new Date(Date.now() - 1_000) } };
    await app.connection.collection<{ _id: string }>('conversions').updateOne({ _id: id }, past);
    await eventually(waiting, (count) => count === 0);
    expect(await factsIn(id)).toBeNull();
    expect((await app.conversion(id)).device).toBeNull();
  });
});
