import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClickIdService } from '../../../src/clicks/click-id.service.js';
import type { ClickResponse } from '../../../src/clicks/clicks.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const erase = (clickId: string, key = app.apiKey) => app.api('delete', `/clicks/${clickId}`, key);
const everything = async (text: string): Promise<string[]> => {
  const found: string[] = [];
  for (const name of ['clicks', 'conversions', 'postbacks', 'clickErasures', 'auditEntries']) {
    const documents = await app.connection.collection(name).find().toArray();
    if (JSON.stringify(documents).includes(text)) found.push(name);
  }
  return found;
};

describe('DELETE /clicks/{clickId}', () => {
  itAsksForKeyAndScope(() => app, [['delete', '/clicks/0000000000000000000000000000000', 'clicks:write']]);

  it('erases what is personal wherever it was copied to, and changes no number', async () => {
    const network = await app.createNetwork();
    const link = await app.createLink();
    const clickId = await app.clickId(link, '?sub1=Erika-Mustermann&x=Erika-Mustermann');
    await app.storedClick(clickId);
    const query = `click_id=${clickId}&event=ftd&payout=50&sub1=Erika-Mustermann`;
    const { conversionId, postbackId } = await app.goodPostback(network, query);
    expect(await everything('Erika-Mustermann')).toEqual(['clicks', 'conversions', 'postbacks']);
    const before = (await app.link(link.id)).stats;
    const conversion = await app.conversion(conversionId ?? '');

    expect((await erase(clickId)).status).toBe(204);
    expect(await everything('Erika-Mustermann')).toEqual([]);
    expect(await app.storedClick(clickId)).toMatchObject({
      ip: null,
      userAgent: '',
      language: null,
      referrer: null,
      city: null,
      query: [],
      subs: {},
      device: 'desktop',
      erasedAt: expect.any(String),
    });
    expect((await app.link(link.id)).stats).toEqual(before);
    expect(await app.conversion(conversionId ?? '')).toEqual({ ...conversion, subs: {} });
    expect(await app.postbackEntry(postbackId)).toMatchObject({ verdict: 'accepted', conversionId });
    const replay = await app.api('post', `/postbacks/${postbackId}/replay`).send({});
    expect({ status: replay.status, body: replay.body as object }).toMatchObject({
      status: 409,
      body: { code: 'not_replayable' },
    });
    // The same conversion again is still a repeat.
    expect((await app.goodPostback(network, `click_id=${clickId}&event=ftd&payout=50`)).verdict).toBe('duplicate');
  });

  it('erases in conversions what it erases in the click, and keeps the other facts', async () => {
    const network = await app.createNetwork();
    const link = await app.createLink();
    const response = await app
      .click(link, '?sub1=Erika&source=Erikas-Blog')
      .set({ referer: 'https://erika.example/post', 'accept-language': 'cy-GB' });
    const clickId = new URL(response.headers['location'] ?? 'none:').searchParams.get('click_id') ?? '';
    await app.storedClick(clickId);
    const place = { country: 'GB', region: 'Gwynedd', city: 'Bangor', asn: 64_496, inApp: 'Instagram' };
    const clicks = app.connection.collection<{ _id: string }>('clicks');
    await clicks.updateOne({ _id: clickId }, { $set: { ...place, rule: 'UK', variant: 'B' } });
    const stored = async () => app.connection.collection('conversions').findOne({ clickId });
    await app.goodPostback(network, `click_id=${clickId}&event=ftd&payout=50`);
    const before = await stored();
    const copied = { referrer: 'erika.example', language: 'cy', source: 'Erikas-Blog', rule: 'UK', variant: 'B' };
    expect(before).toMatchObject({ facts: { ...place, ...copied, subs: { sub1: 'Erika' } } });
    const other = await app.clickId(link, '?sub1=Anna&source=Annas-Blog');
    await app.storedClick(other);
    await app.goodPostback(network, `click_id=${other}&event=ftd&payout=50`);

    expect((await erase(clickId)).status).toBe(204);
    const erased = { region: null, city: null, asn: null, language: null, referrer: null, source: null, subs: {} };
    expect(await stored()).toEqual({ ...before, facts: { ...(before?.['facts'] as object), ...erased } });
    for (const text of ['Erika', 'erika.example', 'Gwynedd', 'Bangor', '64496'])
      expect(await everything(text), text).toEqual([]);
    expect(await everything('Annas-Blog'), 'of another click').toEqual(['clicks', 'conversions']);
    // A later conversion of the click copies nothing that was erased.
    await app.connection.collection('conversions').deleteOne({ clickId });
    await app.goodPostback(network, `click_id=${clickId}&event=lead`);
    expect((await stored())?.['facts']).toEqual({ ...(before?.['facts'] as object), ...erased });
  });

  it('erases what was sent in requests that came to nothing, too', async () => {
    const token = { param: 'tk', value: 'the-token-of-a-network' };
    const [network, closed] = [await app.createNetwork(), await app.createNetwork({ security: { token } })];
    const clickId = await app.clickId(await app.createLink());
    await app.storedClick(clickId);
    const personal = `click_id=${clickId}&sub1=Lieschen-Mueller`;
    const reasons: unknown[] = [];
    for (const said of ['event=ftd&payout=x', 'event=nonsense', 'event=ftd&status=nonsense', 'payout=1&currency=kr'])
      reasons.push(((await app.postback(network, `${personal}&${said}`)).body as { reason?: string }).reason);
    reasons.push(((await app.postback(closed, `${personal}&tk=wrong`)).body as { reason?: string }).reason);
    expect(reasons).toEqual(['invalid_amount', 'unmapped_event', 'unmapped_status', 'invalid_currency', 'not_allowed']);
    expect(await everything('Lieschen-Mueller')).toEqual(['postbacks']);
    expect((await erase(clickId)).status).toBe(204);
    expect(await everything('Lieschen-Mueller')).toEqual([]);
  });

  it('may be asked for again, and is in the audit log once', async () => {
    const { clickId } = await app.clickedLink();
    await app.storedClick(clickId);
    expect([(await erase(clickId)).status, (await erase(clickId)).status]).toEqual([204, 204]);
    const { data } = (await app.api('get', `/audit-log?objectId=${clickId}`)).body as { data: object[] };
    expect(data).toMatchObject([{ action: 'click.erased' }]);
  });

  it('is remembered for a click that is not stored yet', async () => {
    await app.stopShipper();
    const link = await app.createLink();
    const clickId = await app.clickId(link, '?sub1=Max-Mustermann');
    expect((await erase(clickId)).status).toBe(204);
    await app.restartShipper();
    const erased = await eventually(
      async () => (await app.api('get', `/clicks/${clickId}`)).body as ClickResponse,
      ({ erasedAt }) => typeof erasedAt === 'string',
      15_000,
    );
    expect(erased.subs).toEqual({});
    expect(await everything('Max-Mustermann')).toEqual([]);
    await eventually(
      () => app.link(link.id),
      ({ stats }) => stats.clicks.total === 1,
    );
  });

  it('is a 404 for what is no click id, one that was forged, and another workspace’s, which stays', async () => {
    const { clickId } = await app.clickedLink();
    await app.storedClick(clickId);
    const other = await app.createWorkspace();
    const unborn = app.app.get(ClickIdService).mint(56_000_000, Date.now());
    const forged = `${clickId.slice(0, -1)}${clickId.endsWith('0') ? '1' : '0'}`;
    for (const id of ['nonsense', forged, unborn, clickId]) expectProblem(await erase(id, other.apiKey), 404);
    expect((await app.storedClick(clickId)).erasedAt).toBeNull();
  });
});
