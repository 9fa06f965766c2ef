import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LinkReadModel } from '../../../src/links/link.read-model.js';
import { eventually } from '../../support/eventually.js';
import { type RawAnswer, RawClient } from '../../support/raw-client.js';
import { BROWSER, TestApp } from '../../support/test-app.js';

let app: TestApp;
let port: number;
const clients: RawClient[] = [];
beforeAll(async () => {
  app = await TestApp.start();
  port = Number(new URL(app.baseUrl).port);
  await app.createLink({ slug: 'front' });
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const { socket } of clients.splice(0)) socket.destroy();
});
afterAll(() => app.close());

const open = async (allowHalfOpen = false): Promise<RawClient> => {
  const client = await RawClient.open(port, allowHalfOpen);
  clients.push(client);
  return client;
};
const request = (method: string, path: string, ...lines: string[]): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: localhost', `User-Agent: ${BROWSER}`, ...lines, '', ''].join('\r\n');
const get = (path: string, ...lines: string[]): string => request('GET', path, ...lines);
const apiRequest = (): string => get('/api/v1/links?limit=1', `Authorization: Bearer ${app.apiKey}`);
const totalOf = async (id: string): Promise<number> => (await app.link(id)).stats.clicks.total;
const hasTotal = (id: string, total: number) =>
  eventually(
    () => totalOf(id),
    (now) => now === total,
  );

const expectRedirect = ({ status, headers, body }: RawAnswer): void => {
  expect({ status, body }).toEqual({ status: 302, body: '' });
  expect(headers['location']).toMatch(/^https:\/\/shop\.example\/lp\?click_id=[0-9A-Za-z]{31}$/);
};

describe('a short link over a bare connection', () => {
  it('may be asked byte by byte', async () => {
    const client = await open();
    for (const byte of get('/front')) {
      await client.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expectRedirect(await client.answer());
  });

  it('answers requests that come at once, in order', async () => {
    const client = await open();
    await client.send(['/front?sub1=1', '/nobody', '/front?sub1=3'].map((path) => get(path)).join(''));
    const answers = [await client.answer(), await client.answer(), await client.answer()];
    expect(answers.map(({ status }) => status)).toEqual([302, 404, 302]);
    expect(answers[0]?.headers['location']).toContain('sub1=1');
    expect(answers[2]?.headers['location']).toContain('sub1=3');
  });

  it('answers requests that come while others are under way, in order', async () => {
    const find = vi.spyOn(app.app.get(LinkReadModel), 'findByAddress');
    await app.createLink({ slug: 'slow-one' });
    const client = await open();
    await client.send(get('/slow-one?sub1=1'));
    await eventually(
      () => find.mock.calls.length,
      (calls) => calls > 0,
    );
    await client.send(get('/front?sub1=2'));
    await client.send(get('/front?sub1=3'));
    for (const sub of ['1', '2', '3']) expect((await client.answer()).headers['location']).toContain(`sub1=${sub}`);
  });

  it('shares its connection with the API, there and back', async () => {
    const client = await open();
    expectRedirect(await client.ask(get('/front')));
    const api = await client.ask(apiRequest());
    expect([api.status, api.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expectRedirect(await client.ask(get('/front')));
    expect((await client.ask(apiRequest())).status).toBe(200);
    expectRedirect(await client.ask(get('/front')));
  });

  it.each([
    ['a link', 'GET', '/front'],
    ['a link with a query', 'GET', '/front?sub1=a&utm_source=b'],
    ['HEAD of a link', 'HEAD', '/front'],
    ['no link', 'GET', '/nobody'],
    ['HEAD of no link', 'HEAD', '/nobody'],
    ['a limited link', 'GET', '/used-up'],
  ])('is answered alike straight from the socket and through Node: %s', async (_, method, path) => {
    if (path === '/used-up' && (await app.plain('get', path)).status === 404) {
      const limited = await app.createLink({ slug: 'used-up', clickLimit: 1 });
      await app.click(limited);
    }
    const isHead = method === 'HEAD';
    const direct = await (await open()).ask(request(method, path), isHead);
    const client = await open();
    await client.ask(apiRequest());
    const throughNode = await client.ask(request(method, path), isHead);
    const comparable = ({ status, headers, body }: RawAnswer) => {
      const { 'keep-alive': timeout, date, location, ...others } = headers;
      expect(new Date(date ?? '').getTime()).toBeGreaterThan(Date.now() - 5_000);
      expect(timeout ?? 'timeout=75').toBe('timeout=75');
      return { status, body, location: location?.replace(/(?<=click_id=)\w{31}/, 'ID'), ...others };
    };
    expect(comparable(direct)).toEqual(comparable(throughNode));
  });

  it('has no body for HEAD, and says how long it would be', async () => {
    const client = await open();
    const { body } = await client.ask(get('/nobody'));
    const { status, headers } = await client.ask(request('HEAD', '/nobody'), true);
    expect([status, headers['content-length']]).toEqual([404, String(Buffer.byteLength(body, 'latin1'))]);
    expectRedirect(await client.ask(request('HEAD', '/front'), true));
    expectRedirect(await client.ask(get('/front'))); // which a body would have been in the way of
  });

  it('closes when it is asked to, and only then', async () => {
    const client = await open();
    expect((await client.ask(get('/front', 'Connection: keep-alive'))).headers['connection']).toBe('keep-alive');
    const last = await client.ask(get('/front', 'Connection: close'));
    expectRedirect(last);
    expect(last.headers['connection']).toBe('close');
    await client.closed;
  });

  it('is led on for HTTP/1.0', async () => {
    const client = await open();
    expectRedirect(await client.ask('GET /front HTTP/1.0\r\nHost: localhost\r\n\r\n'));
    await client.closed;
  });

  it('K10 reads a space in the path as what it is: not a slug, or too much at its end', async () => {
    expect((await (await open()).ask(get('/front page'))).status).toBe(404);
    expectRedirect(await (await open()).ask(get('/front ')));
    expectRedirect(await (await open()).ask(get('/ front')));
  });

  it.each([
    ['garbage', '\x16\x03\x01\x02\0', 400],
    ['words', 'hello there\r\n\r\n', 400],
    ['two hosts of which one is hidden by a fold', get('/front', 'X: y', ' Host: other'), 400],
    ['a space in a header’s name', get('/front', 'Bad Name: 1'), 400],
    ['a head over 16 KiB', get('/front', `X: ${'x'.repeat(17_000)}`), 431],
    ['both ways to say how long a body is', get('/front', 'Content-Length: 1', 'Transfer-Encoding: chunked'), 400],
  ])('is refused as Node refuses: %s', async (_, text, status) => {
    const client = await open();
    const answer = await client.ask(text);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/problem+json']);
    expect(JSON.parse(answer.body)).toMatchObject({
      status,
      code: status === 431 ? 'headers_too_large' : 'bad_request',
    });
    await client.closed;
  });

  it('K9 is read with a space or raw bytes in its path, which Node would refuse', async () => {
    const link = await app.createLink({ slug: 'größe' });
    const client = await open();
    expect((await client.ask(get('/front page'))).status).toBe(404);
    const answer = await client.ask(get(`/${Buffer.from(link.slug).toString('latin1')}?sub1=a b`));
    expect([answer.status, answer.headers['location']]).toEqual([
      302,
      expect.stringMatching(/click_id=\w{31}&sub1=a(?:%20|\+)b$/),
    ]);
  });

  it('without a host is refused', async () => {
    const client = await open();
    expect(await client.ask('GET /front HTTP/1.1\r\n\r\n')).toMatchObject({ status: 400 });
    await client.closed;
  });

  it('K14 is led on for other methods, too, and the connection goes on', async () => {
    const client = await open();
    const body = '{"a":1}';
    const post = `${request('POST', '/front', 'Content-Type: application/json', `Content-Length: ${body.length}`)}${body}`;
    const { status, headers } = await client.ask(post);
    expect([status, headers['location']?.split('?')[0]]).toEqual([303, 'https://shop.example/lp']);
    expectRedirect(await client.ask(get('/front')));
  });

  it('takes a body that a GET should not have for a body, not for a request', async () => {
    const client = await open();
    const inner = get('/front?sub1=smuggled');
    await client.send(get('/front?sub1=outer', `Content-Length: ${inner.length}`) + inner + get('/front?sub1=next'));
    expect((await client.answer()).headers['location']).toContain('sub1=outer');
    expect((await client.answer()).headers['location']).toContain('sub1=next');
  });
});

describe('a click is counted', () => {
  it('when its client has ended its side right behind the request', async () => {
    const { id } = await app.createLink({ slug: 'half-closed' });
    const client = await open(true);
    client.socket.end(get('/half-closed'));
    expectRedirect(await client.answer());
    await client.closed;
    await hasTotal(id, 1);
  });

  it('when its client is gone before the answer', async () => {
    const { id } = await app.createLink({ slug: 'gone' });
    const find = vi.spyOn(app.app.get(LinkReadModel), 'findByAddress');
    for (let i = 0; i < 5; i++) {
      const client = await open();
      await client.send(get('/gone'));
      if (i === 0) {
        await eventually(
          () => find.mock.calls.length,
          (calls) => calls > 0,
        );
      }
      client.socket.resetAndDestroy();
      await client.closed;
    }
    expectRedirect(await (await open()).ask(get('/front')));
    // The reset may overtake a request that nobody has read yet; the first was under way.
    await eventually(
      () => totalOf(id),
      (total) => total >= 1,
    );
  });

  it('once each, when a thousand are the first of their link at once, who all ask MongoDB but once', async () => {
    const { id } = await app.createLink({ slug: 'rush' });
    const find = vi.spyOn(app.app.get(LinkReadModel), 'findByAddress');
    const crowd = await Promise.all(Array.from({ length: 1_000 }, () => open()));
    const answers = await Promise.all(crowd.map((client) => client.ask(get('/rush'))));
    for (const answer of answers) expectRedirect(answer);
    expect(find.mock.calls).toEqual([[expect.stringMatching(/^wsp_/), 'localhost', 'rush']]);
    expect(new Set(answers.map(({ headers }) => headers['location'])).size).toBe(1_000);
    await hasTotal(id, 1_000);
  });
});

describe('closing', () => {
  /** Asks one after the other, until told that the connection ends. @returns how many were answered. */
  const askOnAndOn = async (
    client: RawClient,
    text: string,
    isAnswered: (answer: RawAnswer) => void,
  ): Promise<number> => {
    for (let answered = 1; ; answered++) {
      const answer = await client.ask(text);
      isAnswered(answer);
      if (answer.headers['connection'] === 'close') return answered;
    }
  };

  it('answers every request of fifty connections that ask and ask, and then is quick', async () => {
    const other = await TestApp.start({ sharing: app });
    const otherPort = Number(new URL(other.baseUrl).port);
    const busy = await Promise.all(Array.from({ length: 50 }, () => RawClient.open(otherPort)));
    clients.push(...busy);
    const asking = busy.map((client) => askOnAndOn(client, get('/front'), expectRedirect));
    await eventually(
      () => busy.every(({ socket }) => socket.bytesRead > 1_000),
      (isBusy) => isBusy,
    );
    const begin = performance.now();
    await other.edge.close();
    expect(performance.now() - begin).toBeLessThan(4_000); // its patience would be over after five seconds
    const counts = await Promise.all(asking);
    expect(counts).toHaveLength(50);
    await Promise.all(busy.map(({ closed }) => closed));
    await expect(RawClient.open(otherPort)).rejects.toThrow('ECONNREFUSED');
    await other.close();
  });

  it('answers every request of connections that Node has, too', async () => {
    const other = await TestApp.start({ sharing: app });
    const otherPort = Number(new URL(other.baseUrl).port);
    const busy = await Promise.all(Array.from({ length: 10 }, () => RawClient.open(otherPort)));
    clients.push(...busy);
    const asking = busy.map((client) =>
      askOnAndOn(client, apiRequest(), ({ status }) => {
        expect(status).toBe(200);
      }),
    );
    await eventually(
      () => busy.every(({ socket }) => socket.bytesRead > 5_000),
      (isBusy) => isBusy,
    );
    const begin = performance.now();
    await other.edge.close();
    expect(performance.now() - begin).toBeLessThan(4_000);
    expect(await Promise.all(asking)).toHaveLength(10);
    await other.close();
  });
});
