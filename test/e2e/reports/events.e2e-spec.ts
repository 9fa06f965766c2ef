import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { SCOPES } from '../../../src/workspaces/scopes.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';
import { EventListener } from '../../support/event-listener.js';
import { RawClient } from '../../support/raw-client.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let link: LinkResponse;
let network: NetworkResponse;
const open: EventListener[] = [];

beforeAll(async () => {
  app = await TestApp.start();
  link = await app.createLink();
  network = await app.createNetwork();
});
afterAll(() => app.close());
beforeEach(() => app.startReader().then(() => undefined));
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});

async function listen(query = '', { key = app.apiKey, lastEventId }: { key?: string; lastEventId?: string } = {}) {
  const listener = await EventListener.open(app.baseUrl, { key, query, lastEventId });
  open.push(listener);
  return listener;
}

/** A click that is stored. */
async function storedClickId(of = link, query = ''): Promise<string> {
  const id = await app.clickId(of, query);
  await app.storedClick(id);
  return id;
}

const idsOf = (listener: EventListener, type: string): unknown[] => listener.of(type).map(({ id }) => id);

describe('GET /api/v1/events/stream', () => {
  it('sends a click, its postback and its conversion, as they come', async () => {
    const listener = await listen();
    expect(listener.answer.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const clickId = await app.clickId(link, '?sub1=one');
    await listener.until(() => listener.of('click').length === 1);
    expect(listener.of('click')[0]).toEqual({
      id: clickId,
      at: expect.any(String),
      linkId: link.id,
      country: null,
      device: 'desktop',
      os: 'Linux',
      browser: 'Chrome',
      referrerHost: null,
      subs: { sub1: 'one' },
      isBot: false,
      isUnique: true,
    });
    const sent = await app.goodPostback(network, `click_id=${clickId}&event=sale&payout=5.5&status=pending&txid=t1`);
    await listener.until(() => listener.of('postback').length + listener.of('conversion').length === 2);
    expect(listener.of('postback')).toEqual([
      {
        id: sent.postbackId,
        receivedAt: expect.any(String),
        networkId: network.id,
        linkId: link.id,
        verdict: 'accepted',
        reason: null,
        conversionId: sent.conversionId,
      },
    ]);
    expect(listener.of('conversion')).toEqual([
      {
        id: sent.conversionId,
        change: 'created',
        eventType: 'sale',
        status: 'pending',
        isFtd: false,
        linkId: link.id,
        networkId: network.id,
        clickId,
        payout: { amount: '5.50', currency: 'EUR' },
        revenue: null,
        convertedAt: expect.any(String),
      },
    ]);
    await app.goodPostback(network, `click_id=${clickId}&event=sale&payout=5.5&status=approved&txid=t1`);
    await listener.until(() => listener.of('conversion').length === 2);
    expect(listener.of('conversion')[1]).toMatchObject({ change: 'updated', status: 'approved' });
    const ids = listener.events.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
  });

  it('shows no personal data', async () => {
    const listener = await listen();
    await storedClickId();
    await listener.until(() => listener.of('click').length === 1);
    const [click] = listener.of('click');
    expect(Object.keys(click ?? {})).not.toEqual(expect.arrayContaining([expect.stringMatching(/ip|agent|visitor/i)]));
    expect(JSON.stringify(click)).not.toContain('Mozilla');
  });

  it('leaves out test clicks', async () => {
    const listener = await listen();
    await app.api('post', `/networks/${network.id}/test`).send({});
    const id = await storedClickId();
    await listener.until(() => idsOf(listener, 'click').includes(id));
    expect(listener.of('click')).toHaveLength(1);
  });

  it('sends only what the filters select', async () => {
    const other = await app.createLink();
    const [types, ofLink, sub, both] = await Promise.all([
      listen('?types=conversion,postback'),
      listen(`?link=${other.id}`),
      listen('?sub2=a,b%5C,c'),
      listen(`?types=click&link=${link.id},${other.id}&sub2=b%5C,c`),
    ]);
    const [first, second, third] = [
      await storedClickId(link, '?sub2=a'),
      await storedClickId(other, '?sub2=b,c'),
      await storedClickId(link, '?sub2=c'),
    ];
    const { conversionId } = await app.goodPostback(network, `click_id=${third}&event=lead&txid=f1`);
    await types.until(() => types.events.length >= 2);
    await ofLink.until(() => ofLink.events.length === 1);
    await sub.until(() => sub.events.length >= 2);
    expect(idsOf(types, 'click')).toEqual([]);
    expect(idsOf(types, 'conversion')).toEqual([conversionId]);
    expect(idsOf(ofLink, 'click')).toEqual([second]);
    expect(idsOf(sub, 'click')).toEqual([first, second]);
    expect(idsOf(both, 'click')).toEqual([second]);
  });

  it('gives each workspace its own events alone', async () => {
    const other = await app.createWorkspace();
    const theirLink = await app.createLink({ domain: other.hostname }, other.apiKey);
    const [ours, theirs] = await Promise.all([listen(), listen('', { key: other.apiKey })]);
    const crossing = await listen(`?link=${link.id}`, { key: other.apiKey });
    const [own, their] = [await app.clickId(link), await app.clickId(theirLink)];
    await app.storedClick(their, other.apiKey);
    await app.storedClick(own);
    const again = await app.clickId(theirLink);
    await theirs.until(() => idsOf(theirs, 'click').includes(again));
    await ours.until(() => idsOf(ours, 'click').includes(own));
    expect(idsOf(ours, 'click')).toEqual([own]);
    expect(idsOf(theirs, 'click')).toEqual([their, again]);
    expect(crossing.events).toEqual([]);
    const replayed = await listen('', { key: other.apiKey, lastEventId: ours.events[0]?.id ?? '' });
    expect(idsOf(replayed, 'click')).not.toContain(own);
  });

  it('sends heart-beats, which move the position', async () => {
    await app.startReader({ heartBeatMs: 300 });
    const listener = await listen('?types=conversion');
    const begin = listener.lastEventId;
    await storedClickId();
    await listener.until(() => listener.comments >= 4 && listener.lastEventId > begin);
    expect(listener.events).toEqual([]);
  });

  it('answers HEAD without a stream, and HTTP/1.0 with one that ends the connection', async () => {
    const head = await app.api('head', '/events/stream');
    expect(head.status).toBe(200);
    expect(head.headers['content-type']).toBe('text/event-stream');
    const client = await RawClient.open(Number(new URL(app.baseUrl).port));
    await client.send(
      `GET /api/v1/events/stream HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer ${app.apiKey}\r\n\r\n`,
    );
    const id = await app.clickId(link);
    await expect.poll(() => client.unread.includes(id), { timeout: 10_000 }).toBe(true);
    expect(client.unread).not.toMatch(/transfer-encoding/i);
    await app.stopReader();
    await client.closed;
  });
});

describe('Last-Event-ID', () => {
  it('continues after the event, without a gap or a repeat', async () => {
    const first = await listen();
    const before = await storedClickId();
    await first.until(() => idsOf(first, 'click').includes(before));
    first.close();
    const missed = [await storedClickId(), await storedClickId()];
    const second = await listen('', { lastEventId: first.lastEventId });
    const after = await storedClickId();
    await second.until(() => idsOf(second, 'click').includes(after));
    expect(idsOf(second, 'click')).toEqual([...missed, after]);
    expect(second.of('gap')).toEqual([]);
  });

  it('continues after a restart of the reader, whose buffer is empty then', async () => {
    const first = await listen();
    await first.until(() => first.lastEventId !== '');
    await app.stopReader();
    await first.until(() => first.isEnded);
    const missed = await storedClickId();
    await app.startReader();
    const second = await listen('', { lastEventId: first.lastEventId });
    await second.until(() => second.events.length > 0);
    expect(idsOf(second, 'click')).toEqual([missed]);
    expect(second.of('gap')).toEqual([]);
  });

  it('reads older events again', async () => {
    const first = await listen();
    const { lastEventId } = first;
    first.close();
    const missed = await storedClickId();
    await app.stopReader();
    // A feed that begins now does not have them in its buffer.
    await app.startReader({ beginBeforeSeconds: 0 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const second = await listen('', { lastEventId });
    const after = await storedClickId();
    await second.until(() => idsOf(second, 'click').includes(after));
    expect(idsOf(second, 'click')).toEqual([missed, after]);
    expect(second.of('gap')).toEqual([]);
  });

  it('does not send clicks that were erased meanwhile', async () => {
    const first = await listen();
    const erased = await storedClickId(link, '?sub1=mine');
    await first.until(() => first.of('click').length === 1);
    const { lastEventId } = await listen();
    const second = await storedClickId(link, '?sub1=mine-too');
    expect((await app.api('delete', `/clicks/${second}`)).status).toBe(204);
    expect((await app.api('delete', `/clicks/${erased}`)).status).toBe(204);
    const marker = await storedClickId();
    await first.until(() => idsOf(first, 'click').includes(marker));
    const again = await listen('', { lastEventId });
    await again.until(() => idsOf(again, 'click').includes(marker));
    expect(idsOf(again, 'click')).toEqual([marker]);
  });

  it.each(['junk', '82FFFFFFFF00000001FF', `82${'0'.repeat(16)}FF`])('%s is a gap', async (lastEventId) => {
    const listener = await listen('', { lastEventId });
    await listener.until(() => listener.of('gap').length === 1);
    const id = await storedClickId();
    await listener.until(() => listener.of('click').length > 0);
    expect(idsOf(listener, 'click')).toEqual([id]);
    expect(listener.events[0]?.type).toBe('gap');
  });
});

describe('access', () => {
  it('needs a key, and one of three scopes', async () => {
    const path = '/events/stream';
    expectProblem(await app.api('get', path, null), 401);
    const without = await app.createKey(SCOPES.filter((scope) => !/^(clicks|postbacks|conversions):read$/.test(scope)));
    const { detail } = expectProblem(await app.api('get', path, without), 403);
    expect(detail).toContain('clicks:read or postbacks:read or conversions:read');
  });

  it('sends only the types that the key may read', async () => {
    const key = await app.createKey(['postbacks:read']);
    const listener = await listen('', { key });
    const clickId = await storedClickId();
    await app.goodPostback(network, `click_id=${clickId}&event=lead&txid=s1`);
    await listener.until(() => listener.events.length > 0);
    const all = await listen();
    const id = await storedClickId();
    await all.until(() => idsOf(all, 'click').includes(id));
    expect(new Set(listener.events.map(({ type }) => type))).toEqual(new Set(['postback']));
    const refused = await app.api('get', '/events/stream?types=postback,click', key);
    expect(expectProblem(refused, 403).detail).toContain('clicks:read');
  });

  it('refuses filters that are none', async () => {
    const get = (query: string) => app.api('get', `/events/stream?${query}`);
    expectInvalid(await get('types=visit&link=&foo=1'), 'foo');
    const problem = expectInvalid(await get('types=visit&link='), 'types', 'link');
    expect(problem.errors?.[0]?.message).toContain('click, postback, conversion');
    expectInvalid(await get(`link=${'a,'.repeat(300)}`), 'link');
    expectInvalid(await get(`sub1=${'a'.repeat(5_000)}`), 'sub1');
  });

  it('ends the stream when the key is revoked, and when it expires', async () => {
    const created = await app.api('post', '/api-keys').send({ name: 'short', scopes: ['clicks:read'] });
    const { id, key } = created.body as { id: string; key: string };
    const [revoked, other] = [await listen('', { key }), await listen()];
    expect((await app.api('delete', `/api-keys/${id}`)).status).toBe(204);
    await revoked.until(() => revoked.isEnded);
    const expiresAt = new Date(Date.now() + 2_000).toISOString();
    const expiring = await app.api('post', '/api-keys').send({ name: 'short', scopes: ['clicks:read'], expiresAt });
    const expired = await listen('', { key: (expiring.body as { key: string }).key });
    await expired.until(() => expired.isEnded);
    expect(other.isEnded).toBe(false);
  });

  it('ends the streams of a workspace that is deleted', async () => {
    const other = await app.createWorkspace();
    const listener = await listen('', { key: other.apiKey });
    await app.api('delete', '/workspaces/current', other.apiKey).send({ confirm: 'Other' });
    await listener.until(() => listener.isEnded);
  });
});

describe('limits', () => {
  it('refuses more listeners than a workspace and a process may have', async () => {
    await app.startReader({ listenersPerWorkspace: 2, listeners: 3 });
    const other = await app.createWorkspace();
    const [first] = [await listen(), await listen(), await listen('', { key: other.apiKey })];
    expectProblem(await app.api('get', '/events/stream', other.apiKey), 503);
    first?.close();
    await listen('', { key: (await app.createWorkspace()).apiKey }).catch(() => undefined);
    await app.startReader({ listenersPerWorkspace: 1 });
    await listen();
    expectProblem(await app.api('get', '/events/stream'), 429);
    const next = await listen('', { key: other.apiKey });
    expect(next.isEnded).toBe(false);
  });

  it('is a 503 while there is no reader', async () => {
    await app.stopReader();
    expectProblem(await app.api('get', '/events/stream'), 503);
  });

  it('skips events of a flood, and tells their number, also to a client that did not read', async () => {
    const slow = await listen();
    const quick = await listen('?types=conversion');
    slow.answer.pause();
    const clicks = app.connection.collection<{ _id: string }>('clicks');
    const template = await clicks.findOne({ _id: await storedClickId() });
    const { workspaceId } = template as unknown as { workspaceId: string };
    const total = 20_000;
    const subs = { sub1: 'x'.repeat(200) };
    for (let sent = 0; sent < total; sent += 5_000) {
      const batch = Array.from({ length: 5_000 }, (_, i) => ({
        _id: `flood-${String(sent + i).padStart(8, '0')}`,
        workspaceId,
        linkId: link.id,
        at: new Date(),
        subs,
        isUnique: false,
        visitorKey: 'flood',
      }));
      await clicks.insertMany(batch, { ordered: true });
    }
    const clickId = await storedClickId();
    const { conversionId } = await app.goodPostback(network, `click_id=${clickId}&event=lead&txid=slow`);
    await quick.until(() => idsOf(quick, 'conversion').includes(conversionId), 60_000);
    slow.answer.resume();
    const skipped = (): number =>
      slow.of('skipped').reduce((sum, counts) => sum + ((counts['click'] as number | undefined) ?? 0), 0);
    await slow.until(() => skipped() + slow.of('click').length === total + 2, 60_000);
    expect(slow.of('click').length).toBeLessThan(total / 2);
    const sequence = idsOf(slow, 'click')
      .map(String)
      .filter((id) => id.startsWith('flood-'));
    expect(sequence).toEqual([...sequence].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(sequence).size).toBe(sequence.length);
    expect(idsOf(slow, 'conversion')).toEqual([conversionId]);
  }, 120_000);
});

it('is a 503 on an instance without reports, which says so', async () => {
  const own = await TestApp.start({ env: { REPORTS: 'off' } });
  expect(expectProblem(await own.api('get', '/events/stream'), 503).detail).toContain('REPORTS=off');
  await own.close();
});

it('is ended at once by a shutdown', async () => {
  const own = await TestApp.start();
  await own.startReader();
  const listener = await EventListener.open(own.baseUrl, { key: own.apiKey });
  await own.edge.close();
  await listener.until(() => listener.isEnded);
  expect(own.edge.server.listening).toBe(false);
  await own.close();
});
