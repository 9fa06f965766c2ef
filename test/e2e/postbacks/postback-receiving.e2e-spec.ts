import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import type { PostbackListResponse, PostbackResponse } from '../../../src/postbacks/log/postback-log.dto.js';
import { eventually } from '../../support/eventually.js';
import { type RawAnswer, RawClient } from '../../support/raw-client.js';
import { TestApp } from '../../support/test-app.js';

const FORM = 'application/x-www-form-urlencoded';

let app: TestApp;
let port: number;
const clients: RawClient[] = [];
beforeAll(async () => {
  app = await TestApp.start();
  port = Number(new URL(app.baseUrl).port);
});
afterEach(() => {
  for (const { socket } of clients.splice(0)) socket.destroy();
});
afterAll(() => app.close());

const open = async (): Promise<RawClient> => {
  const client = await RawClient.open(port);
  clients.push(client);
  return client;
};
/** One request as it is written, on a connection of its own. */
const raw = async (text: string, isHead = false): Promise<RawAnswer> => (await open()).ask(text, isHead);
const get = (target: string, ...lines: string[]): string =>
  [`GET ${target} HTTP/1.1`, 'Host: localhost', ...lines, '', ''].join('\r\n');
const post = (target: string, body: string | Buffer, ...lines: string[]): string => {
  const bytes = Buffer.from(body).toString('latin1');
  return [`POST ${target} HTTP/1.1`, 'Host: localhost', `Content-Length: ${bytes.length}`, ...lines, '', bytes].join(
    '\r\n',
  );
};
const entriesOf = async ({ id }: NetworkResponse): Promise<PostbackResponse[]> => {
  const { body } = await app.api('get', `/postbacks?networkId=${id}`);
  return (body as PostbackListResponse).data;
};
/** The one entry of a network's log, once it is there. */
const entryOf = async (network: NetworkResponse): Promise<PostbackResponse> => {
  const [entry] = await eventually(
    () => entriesOf(network),
    ({ length }) => length > 0,
  );
  if (entry === undefined) throw new Error('nothing is in the log');
  return app.postbackEntry(entry.id);
};
const answerIn = ({ body }: Pick<RawAnswer, 'body'>): PostbackAnswer => JSON.parse(body) as PostbackAnswer;
const fresh = async (fields: Record<string, unknown> = {}) => {
  const network = await app.createNetwork(fields);
  const { clickId } = await app.clickedLink();
  return { network, key: network.key, clickId };
};
/** It counted as the event that it says, with the money that it says. */
const expectCounted = async ({ status, body }: Pick<RawAnswer, 'status' | 'body'>): Promise<PostbackResponse> => {
  expect({ status, verdict: answerIn({ body }).verdict }).toEqual({ status: 200, verdict: 'accepted' });
  const conversion = await app.conversion(answerIn({ body }).conversionId ?? '');
  expect(conversion).toMatchObject({ eventType: 'ftd', payout: { amount: '50.00', currency: 'USD' }, txid: 'T-1' });
  return app.postbackEntry(answerIn({ body }).postbackId);
};
const expectNotReplayable = async ({ id }: PostbackResponse): Promise<void> => {
  const { status, body } = await app.api('post', `/postbacks/${id}/replay`);
  expect({ status, body }).toMatchObject({ status: 409, body: { code: 'not_replayable' } });
};
const query = (clickId: string): string => `click_id=${clickId}&event=ftd&payout=50&currency=USD&txid=T-1`;

describe('K9 a postback whose address was changed on the way', () => {
  it.each([
    ['& in place of ?', (key: string, q: string) => `/postback/${key}&${q}`, true],
    ['two slashes', (key: string, q: string) => `//postback/${key}?${q}`, false],
    ['two slashes before the key', (key: string, q: string) => `/postback//${key}?${q}`, false],
    ['a slash behind the key', (key: string, q: string) => `/postback/${key}/?${q}`, false],
    ['an encoded blank', (key: string, q: string) => `/postback/${key}%20?${q}`, true],
    ['an encoded line break', (key: string, q: string) => `/postback/${key}%0A?${q}`, true],
    ['a dot', (key: string, q: string) => `/postback/${key}.?${q}`, true],
    ['a quote', (key: string, q: string) => `/postback/${key}%22?${q}`, true],
    ['an encoded ?', (key: string, q: string) => `/postback/${key}%3F${q}`, true],
    ['all of it encoded', (key: string, q: string) => `/postback/${key}%3F${encodeURIComponent(q)}`, true],
    ['a capital', (key: string, q: string) => `/Postback/${key}?${q}`, false],
    ['two question marks', (key: string, q: string) => `/postback/${key}??${q}`, false],
    ['a second question mark', (key: string, q: string) => `/postback/${key}?token=x?${q}`, true],
    ['semicolons', (key: string, q: string) => `/postback/${key}?${q.replaceAll('&', ';')}`, true],
    ['&amp;', (key: string, q: string) => `/postback/${key}?${q.replaceAll('&', '&amp;')}`, true],
    ['¤', (key: string, q: string) => `/postback/${key}?${q.replace('&curren', '%C2%A4')}`, true],
    [
      'a fragment',
      (key: string, q: string) => `/postback/${key}?${q.replace(/&txid=T-1/, '')}&txid=T-1&lang=en#top`,
      true,
    ],
    ['an absolute target', (key: string, q: string) => `http://go.example/postback/${key}?${q}`, false],
    ['braces', (key: string, q: string) => `/postback/%7B${key}%7D?${q}`, true],
  ])('counts: %s', async (_, targetOf, hasHint) => {
    for (const ask of [
      get,
      (target: string) => post(target, ''),
      (target: string) => post(target, 'x=1', `Content-Type: ${FORM}`),
    ]) {
      const { key, clickId } = await fresh();
      const entry = await expectCounted(await raw(ask(targetOf(key, query(clickId)))));
      expect(entry.hint !== null).toBe(hasHint);
      expect(JSON.stringify(entry)).not.toContain(key);
    }
  });

  it.each([
    ['a blank', (q: string) => `${q}&note=first deposit`],
    ['blanks and tabs', (q: string) => `${q}&note=a  b\tc`],
    ['a blank before the query', (q: string) => ` ${q}`],
    ['letters that are no ASCII', (q: string) => `${q}&note=caf\xc3\xa9`],
    ['bytes that are no UTF-8', (q: string) => `${q}&note=caf\xe9`],
    ['a control character', (q: string) => `${q}&note=a\x01b`],
    ['¤ as a byte', (q: string) => q.replace('&curren', '\xa4')],
    ['¤ as UTF-8', (q: string) => q.replace('&curren', '\xc2\xa4')],
  ])('counts with %s in its request line, on any connection', async (_, change) => {
    const ways = ['GET', 'POST', 'behind others', 'in pieces', 'HTTP/1.0', 'no host'];
    for (const way of ways) {
      const { key, clickId } = await fresh();
      const text = get(`/postback/${key}?${change(query(clickId))}`);
      const client = await open();
      if (way === 'behind others') {
        await client.ask(get('/health/live')); // from now on Node's server reads this connection
        await expectCounted(await client.ask(text));
      } else if (way === 'in pieces') {
        for (let at = 0; at < text.length; at += 7) {
          await client.send(text.slice(at, at + 7));
          await new Promise((resolve) => setImmediate(resolve));
        }
        await expectCounted(await client.answer());
      } else if (way === 'POST') {
        await expectCounted(
          await client.ask(text.replace('GET', 'POST').replace('\r\n\r\n', '\r\nContent-Length: 3\r\n\r\nx=1')),
        );
      } else if (way === 'HTTP/1.0') {
        await expectCounted(await client.ask(text.replace('HTTP/1.1', 'HTTP/1.0').replace('Host: localhost\r\n', '')));
      } else {
        await expectCounted(await client.ask(way === 'no host' ? text.replace('Host: localhost\r\n', '') : text));
      }
    }
  });

  it.each([
    ['an unknown key', `/postback/${'x'.repeat(24)}?a=1`],
    ['an unknown key behind two slashes', `//postback/${'x'.repeat(24)}?a=1`],
    ['an unknown key and & in place of ?', `/postback/${'x'.repeat(24)}&a=1`],
    ['no key', '/postback?a=1'],
  ])('is a 404 with %s', async (_, target) => {
    const json = post(target, '{}', 'Content-Type: application/json');
    for (const ask of [get(target), json, json.replace('POST', 'PUT')]) {
      expect((await raw(ask)).status).toBe(404);
    }
  });

  it('is in the log when the key is not where it must be in the URL', async () => {
    const { network, key, clickId } = await fresh();
    const answer = await raw(get(`/postback?key=${key}&${query(clickId)}`));
    expect([answer.status, answerIn(answer).reason]).toEqual([422, 'malformed_request']);
    expect((await entryOf(network)).hint).toMatch(/\/postback\/, the key/);
  });

  it.each([
    ['a header that is none', (text: string) => text.replace('Host', 'Bad Header: 1\r\nHost'), 400],
    ['another method than HTTP knows', (text: string) => text.replace('GET', 'SEND'), 400],
    ['lines that end by LF alone', (text: string) => text.replaceAll('\r\n', '\n'), 400],
    ['a URL of more than 16 KiB', (text: string) => text.replace('&event', `&x=${'y'.repeat(17_000)}&event`), 431],
  ])('is logged as it is refused: %s', async (_, change, status) => {
    const { network, key, clickId } = await fresh();
    expect((await raw(change(get(`/postback/${key}?${query(clickId)}`, 'X-Brand: Casino')))).status).toBe(status);
    const entry = await entryOf(network);
    expect(entry).toMatchObject({ verdict: 'rejected', reason: 'malformed_request', ip: '127.0.0.1' });
    expect(entry.hint).toMatch(/not valid HTTP \(HPE_/);
    expect(JSON.stringify(entry)).not.toContain(key);
    await expectNotReplayable(entry);
  });
});

describe('K9 the body of a postback', () => {
  const multipart = (clickId: string): string =>
    [...new URLSearchParams(query(clickId))]
      .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join('');
  const json = (clickId: string): string =>
    `{"click_id":"${clickId}","event":"ftd","payout":50,"currency":"USD","txid":"T-1","x":null}`;
  it.each([
    ['multipart', (id: string) => `${multipart(id)}--b--\r\n`, ['Content-Type: multipart/form-data; boundary=b']],
    [
      'multipart with a file',
      (id: string) =>
        `${multipart(id)}--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n\x89PNG\r\n--b--\r\n`,
      ['Content-Type: multipart/form-data; boundary=b'],
    ],
    ['JSON', json, ['Content-Type: application/json']],
    ['JSON with a byte order mark', (id: string) => `\ufeff${json(id)}`, ['Content-Type: application/json']],
    ['a list with one object', (id: string) => `[${json(id)}]`, ['Content-Type: application/json']],
    ['an envelope', (id: string) => `{"data":${json(id)}}`, ['Content-Type: application/json']],
    ['JSON in a field', (id: string) => `payload=${encodeURIComponent(json(id))}`, [`Content-Type: ${FORM}`]],
    ['a form as text', query, ['Content-Type: text/plain']],
    ['a form without a type', query, []],
    ['a form with a type that is none', query, ['Content-Type: form']],
    ['JSON as text', json, ['Content-Type: text/plain']],
    ['gzip', (id: string) => gzipSync(json(id)), ['Content-Type: application/json', 'Content-Encoding: gzip']],
    ['gzip that does not say so', (id: string) => gzipSync(query(id)), [`Content-Type: ${FORM}`]],
    ['UTF-16', (id: string) => Buffer.from(`\ufeff${json(id)}`, 'utf16le'), ['Content-Type: application/json']],
  ])('counts as %s, and is read the same again from the log', async (_, bodyOf, lines) => {
    const { key, clickId } = await fresh();
    const entry = await expectCounted(await raw(post(`/postback/${key}`, bodyOf(clickId), ...lines)));
    expect(entry.parameters.find(({ name }) => name === 'txid')).toMatchObject({ as: 'txid', value: 'T-1' });
    const replayed = await app.api('post', `/postbacks/${entry.id}/replay`);
    expect(replayed.body).toMatchObject({ verdict: 'duplicate', conversionId: entry.conversionId });
  });

  it.each(['[]', '{}', 'null', '[object Object]', ' '])(
    'is ignored beside a full query when it has no parameters: %s',
    async (body) => {
      const { key, clickId } = await fresh();
      const entry = await expectCounted(
        await raw(post(`/postback/${key}?${query(clickId)}`, body, 'Content-Type: application/json')),
      );
      expect(entry.hint).toBeNull();
    },
  );

  it('is read of a GET, too', async () => {
    const { key, clickId } = await fresh();
    const text = post(`/postback/${key}`, json(clickId), 'Content-Type: application/json').replace('POST', 'GET');
    await expectCounted(await raw(text));
  });

  it.each([
    ['XML', Buffer.from('<a>1</a>'), ['Content-Type: text/xml'], /XML/],
    ['several objects', Buffer.from('[{"a":1},{"a":2}]'), ['Content-Type: application/json'], /a request for each/],
    ['gzip that is none', Buffer.from([1, 2, 0, 255]), ['Content-Encoding: gzip'], /cannot be decompressed/],
    ['a bomb', gzipSync(Buffer.alloc(10_000_000)), ['Content-Encoding: gzip'], /64 KiB after decompression/],
    ['another packing', Buffer.from('a=1'), ['Content-Encoding: zstd'], undefined],
    ['JSON nested too deep', Buffer.from('['.repeat(1_000)), ['Content-Type: application/json'], /nested too deep/],
    ['too many parameters', Buffer.from('a=1&'.repeat(101)), [`Content-Type: ${FORM}`], /more than 100/],
  ])('is in the log where it cannot be read: %s', async (_, body, lines, hint) => {
    const { network, key } = await fresh();
    const answer = await raw(
      post(`/postback/${key}?x=1`, '', ...lines).replace(
        /Content-Length: 0[^]*$/,
        [`Content-Length: ${body.length}`, ...lines, '', body.toString('latin1')].join('\r\n'),
      ),
    );
    expect(answer.status).toBe(422);
    const entry = await entryOf(network);
    expect(entry.verdict).toBe('rejected');
    if (hint !== undefined)
      expect(entry).toMatchObject({ reason: 'malformed_request', hint: expect.stringMatching(hint) });
  });

  it('is in the log where it is too long, or ends before it should', async () => {
    const long = await fresh();
    const body = `${query(long.clickId)}&pad=`.padEnd(3 * 1024 * 1024, 'x');
    expect((await raw(post(`/postback/${long.key}`, body, `Content-Type: ${FORM}`))).status).toBe(413);
    const entry = await entryOf(long.network);
    expect(entry).toMatchObject({
      reason: 'malformed_request',
      clickId: long.clickId,
      hint: expect.stringContaining('64 KiB'),
    });
    await expectNotReplayable(entry);

    const cut = await fresh();
    const client = await open();
    await client.send(post(`/postback/${cut.key}`, query(cut.clickId)).slice(0, -4));
    client.socket.destroy();
    expect((await entryOf(cut.network)).hint).toMatch(/ended before the whole body/);
  });
});

describe('K9 other methods than GET and POST', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE'])('%s is logged as rejected', async (method) => {
    const { network, key, clickId } = await fresh();
    const answer = await raw(post(`/postback/${key}?click_id=${clickId}`, 'event=ftd').replace('POST', method));
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, POST, HEAD, OPTIONS']);
    expect(answerIn(answer)).toMatchObject({ verdict: 'rejected', reason: 'method_not_allowed' });
    const entry = await entryOf(network);
    expect(entry).toMatchObject({
      method,
      body: 'event=ftd',
      clickId,
      conversionId: null,
      hint: expect.stringContaining(method),
    });
    // A person may know better.
    expect((await app.api('post', `/postbacks/${entry.id}/replay`)).body).toMatchObject({ verdict: 'accepted' });
  });

  it('HEAD is logged as ignored, and never counts', async () => {
    const { network, key, clickId } = await fresh();
    const answer = await raw(get(`/postback/${key}?${query(clickId)}`).replace('GET', 'HEAD'), true);
    expect(answer.status).toBe(200);
    const entry = await entryOf(network);
    expect(entry).toMatchObject({
      method: 'HEAD',
      verdict: 'ignored',
      conversionId: null,
      clickId,
      hint: expect.stringContaining('HEAD'),
    });
    await expectNotReplayable(entry);
  });

  it('OPTIONS says what is allowed', async () => {
    const { network, key } = await fresh();
    const answer = await raw(get(`/postback/${key}`).replace('GET', 'OPTIONS'));
    expect([answer.status, answer.headers['allow'], answer.body]).toEqual([200, 'GET, POST, HEAD, OPTIONS', '']);
    expect((await entryOf(network)).verdict).toBe('ignored');
  });

  it('are answered 200 where the network wants that', async () => {
    const { key } = await fresh({ answer: { alwaysOk: true } });
    expect((await raw(get(`/postback/${key}`).replace('GET', 'DELETE'))).status).toBe(200);
  });
});

describe('K9 a pixel whose address was changed on the way', () => {
  it.each([
    ['as it should be', (key: string, q: string) => `/pixel/${key}.gif?${q}`, false],
    ['without its ending', (key: string, q: string) => `/pixel/${key}?${q}`, false],
    ['& in place of ?', (key: string, q: string) => `/pixel/${key}.gif&${q}`, true],
    ['two slashes', (key: string, q: string) => `//pixel/${key}.gif?${q}`, false],
    ['&amp;', (key: string, q: string) => `/pixel/${key}.gif?${q.replaceAll('&', '&amp;')}`, true],
    ['a blank', (key: string, q: string) => `/pixel/${key}.gif?${q}&note=a b`, false],
    ['a capital', (key: string, q: string) => `/Pixel/${key}.GIF?${q}`, false],
  ])('counts: %s', async (_, targetOf, hasHint) => {
    const { network, clickId } = await fresh();
    const answer = await raw(get(targetOf(network.pixelKey ?? '', query(clickId))));
    expect([answer.status, answer.headers['content-type'], answer.headers['x-hopback-verdict']]).toEqual([
      200,
      'image/gif',
      'accepted',
    ]);
    const entry = await entryOf(network);
    expect(entry).toMatchObject({ origin: 'pixel', verdict: 'accepted' });
    expect((entry.hint ?? '').includes('&')).toBe(hasHint);
  });
  it('is logged when it is asked for by HEAD or POST', async () => {
    const head = await fresh();
    expect(
      (await raw(get(`/pixel/${head.network.pixelKey}.gif?${query(head.clickId)}`).replace('GET', 'HEAD'), true))
        .status,
    ).toBe(200);
    expect(await entryOf(head.network)).toMatchObject({ verdict: 'ignored', origin: 'pixel', conversionId: null });
    const posted = await fresh();
    expect((await raw(post(`/pixel/${posted.network.pixelKey}.gif`, query(posted.clickId)))).status).toBe(405);
    expect(await entryOf(posted.network)).toMatchObject({
      verdict: 'rejected',
      reason: 'method_not_allowed',
      origin: 'pixel',
    });
  });
});

describe('K7 the bytes of a postback', () => {
  it('are read by the network’s character set, and shown so', async () => {
    const { key, clickId } = await fresh({ mapping: { charset: 'windows-1251' } });
    const answer = await raw(get(`/postback/${key}?${query(clickId)}&sub1=%CF%F0%E8&sub2=\xcf\xf0`));
    const entry = await expectCounted(answer);
    expect(entry.hint).toBeNull();
    expect(entry.query).toBe(`${query(clickId)}&sub1=%CF%F0%E8&sub2=%CF%F0`);
    expect(entry.parameters.slice(-2).map(({ value }) => value)).toEqual(['При', 'Пр']);
  });
  it('stay different where none is known, and there is a notice', async () => {
    const network = await app.createNetwork();
    const link = await app.createLink();
    const [one, other] = [await app.clickId(link), await app.clickId(link)];
    const first = await app.goodPostback(network, `click_id=${one}&event=sale&txid=caf%E9&payout=5`);
    const second = await app.goodPostback(network, `click_id=${other}&event=sale&txid=caf%E8&payout=7`);
    expect([first.verdict, second.verdict]).toEqual(['accepted', 'accepted']);
    expect((await app.conversion(first.conversionId ?? '')).txid).toBe('caf%E9');
    expect((await app.postbackEntry(first.postbackId)).hint).toMatch(/"txid" is not UTF-8.*mapping\.charset/);
  });
  it('pass to a short link, too', async () => {
    const link = await app.createLink({ slug: 'bytes' });
    const answer = await raw(get(`/${link.slug}?sub1=caf\xe9&utm=a b`));
    expect(answer.status).toBe(302);
    expect(answer.headers['location']).toContain('sub1=caf');
  });
});

it('K9 the preview understands the same mistakes', async () => {
  const { network, key, clickId } = await fresh();
  const urls = [
    `${app.baseUrl}/postback/${key}&${query(clickId)}`,
    `${app.baseUrl}//postback/${key}%20?${query(clickId).replaceAll('&', '&amp;')}`,
    `GET /postback/${key}?${query(clickId)}&note=first deposit HTTP/1.1`,
    `${app.baseUrl}/postback/${key}?${query(clickId).replace('&curren', '¤')}`,
  ];
  for (const url of urls) {
    const { status, body } = await app.api('post', `/networks/${network.id}/preview`).send({ url });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      verdict: 'accepted',
      event: { eventType: 'ftd', payout: { amount: '50.00', currency: 'USD' } },
      problems: [],
    });
  }
  const envelope = `{"data":{"click_id":"${clickId}","event":"ftd"}}`;
  const { body } = await app.api('post', `/networks/${network.id}/preview`).send({ body: envelope });
  expect(body).toMatchObject({ verdict: 'accepted', hint: expect.stringContaining('"data"') });
});

it('K14 X-Forwarded-For from an address that is not trusted is said once', { timeout: 60_000 }, async () => {
  const warnings = async (): Promise<unknown> =>
    ((await app.plain('get', '/health/ready')).body as { warnings: unknown }).warnings;
  const one = await TestApp.start();
  try {
    const ready = () => one.plain('get', '/health/ready');
    expect((await ready()).body).toMatchObject({ status: 'ok', warnings: [] });
    const { key } = await one.createNetwork();
    await one.plain('get', `/postback/${key}?a=1`).set('x-forwarded-for', '198.51.100.7');
    const { status, body } = await ready();
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ok', warnings: [expect.stringMatching(/127\.0\.0\.1.*TRUSTED_PROXIES/)] });
    expect(await warnings()).toEqual([]);
  } finally {
    await one.close();
  }
});
