import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { get, sendRedirect, sendText, TestEdge } from '../../test/support/edge.js';
import { eventually } from '../../test/support/eventually.js';
import type { RawClient } from '../../test/support/raw-client.js';
import type { EdgeReply } from './edge-reply.js';
import type { EdgeRequest } from './edge-request.js';

const IDLE_MS = 60_000;
const HEAD_MS = 15_000;
const SWEEP_MS = 5_000;

interface Asked {
  request: EdgeRequest;
  reply: EdgeReply;
}

let test: TestEdge;
/** Requests that wait for their answer. */
let waiting: Asked[];
/** How a request is answered; by default at once, with its path. */
let answer: (asked: Asked) => void;

beforeEach(async () => {
  // Real time but for what sweeps idle connections away.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  waiting = [];
  answer = ({ request, reply }) => sendRedirect(reply, `https://s.example${request.url}`);
  const handle = (request: EdgeRequest, reply: EdgeReply): boolean => {
    if (request.url.startsWith('/api')) return false;
    answer({ request, reply });
    return true;
  };
  test = await TestEdge.start({ handle }, { keepAliveMs: IDLE_MS, headMs: HEAD_MS, sweepMs: SWEEP_MS, drainMs: 2_000 });
});
afterEach(async () => {
  vi.useRealTimers();
  await test.close();
});

const open = (allowHalfOpen = false): Promise<RawClient> => test.open(allowHalfOpen);
const answerLater = (): void => {
  answer = (asked) => waiting.push(asked);
};
const asked = (count: number) =>
  eventually(
    () => waiting.length,
    (length) => length >= count,
  );
/** Answers the request that has waited longest. */
const answerOne = (location = 'https://s.example/late'): void => {
  const reply = waiting.shift()?.reply;
  if (reply !== undefined) sendRedirect(reply, location);
};
const quiet = () => new Promise((resolve) => setTimeout(resolve, 30));

describe('a simple request', () => {
  it('is answered straight from the socket, one after the other on one connection', async () => {
    const client = await open();
    for (const path of ['/a', '/b', '/c']) {
      const { status, headers, body } = await client.ask(get(path));
      expect({ status, body, location: headers['location'] }).toEqual({
        status: 302,
        body: '',
        location: `https://s.example${path}`,
      });
      expect(headers).toMatchObject({ connection: 'keep-alive', 'content-length': '0' });
      expect(headers['cache-control']).toBe('private, no-store');
      expect(new Date(headers['date'] ?? '').getTime()).toBeCloseTo(Date.now(), -4);
    }
    expect(test.nodesPaths).toEqual([]);
    expect(test.sockets).toHaveLength(1);
  });

  it('may come byte by byte', async () => {
    const client = await open();
    for (const byte of get('/slow', 'User-Agent: caf\xe9')) {
      await client.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await client.answer()).headers['location']).toBe('https://s.example/slow');
    expect(test.nodesPaths).toEqual([]);
  });

  it.each([
    [301, 'Moved Permanently'],
    [302, 'Found'],
    [303, 'See Other'],
    [307, 'Temporary Redirect'],
    [308, 'Permanent Redirect'],
  ] as const)('is answered as Node would: %i %s', async (status, reason) => {
    answer = ({ reply }) => sendRedirect(reply, 'https://s.example/', status);
    const client = await open();
    await client.send(get('/a'));
    await eventually(
      () => client.unread,
      (text) => text.endsWith('\r\n\r\n'),
    );
    expect(client.unread).toMatch(new RegExp(`^HTTP/1\\.1 ${status} ${reason}\r\n`));
  });

  it.each([404, 410, 503] as const)('is refused as Node would: %i', async (status) => {
    answer = ({ reply }) => sendText(reply, status, 'Why.', status === 503 ? { 'retry-after': '7' } : {});
    const client = await open();
    const straight = await client.ask(get('/a'));
    await client.ask(get('/api'));
    const throughNode = await client.ask(get('/a'));
    expect(test.nodesPaths).toEqual(['/api', '/a']);
    expect(straight.headers['retry-after']).toBe(status === 503 ? '7' : undefined);
    const nodesHeaders = { ...throughNode.headers };
    nodesHeaders['date'] = straight.headers['date'] ?? 'none'; // may be the next second's
    expect(straight).toEqual({ ...throughNode, headers: nodesHeaders });
    expect(straight.body).toBe('Why.\n');
  });

  it('of HEAD has the length of the body and no body', async () => {
    answer = ({ reply }) => sendText(reply, 404, 'Why.');
    const client = await open();
    const { status, headers } = await client.ask('HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n', true);
    expect([status, headers['content-length']]).toEqual([404, '5']);
    expect((await client.ask(get('/b'))).body).toBe('Why.\n'); // where a body would have been in the way
  });

  it('is the last one when the client says so', async () => {
    const client = await open();
    const { status, headers } = await client.ask(get('/a', 'Connection: close'));
    expect([status, headers['connection']]).toEqual([302, 'close']);
    await client.closed;
  });

  it('is answered though its client has closed its side of the connection', async () => {
    answerLater();
    const client = await open(true);
    client.socket.end(get('/a'));
    await asked(1);
    await quiet();
    answerOne();
    expect((await client.answer()).status).toBe(302);
    await client.closed;
  });

  it.each(['destroy', 'resetAndDestroy'] as const)('may lose its client: %s', async (leave) => {
    answerLater();
    const client = await open();
    await client.send(get('/a'));
    await asked(1);
    client.socket[leave]();
    await quiet();
    answerOne();
    await eventually(
      () => test.sockets[0]?.destroyed,
      (isGone) => isGone === true,
    );
    answer = ({ reply }) => sendRedirect(reply, 'https://s.example/');
    expect((await (await open()).ask(get('/next'))).status).toBe(302);
  });
});

describe('requests that do not wait for answers', () => {
  it('are answered in order when they come at once', async () => {
    const client = await open();
    await client.send(get('/1') + get('/2') + get('/3'));
    for (const path of ['/1', '/2', '/3']) expect((await client.answer()).headers['location']).toContain(path);
  });

  it('are answered in order when the next comes while one is under way', async () => {
    answerLater();
    const client = await open();
    await client.send(get('/1'));
    await asked(1);
    for (const path of ['/2', '/3', '/4']) {
      await client.send(get(path));
      await quiet();
    }
    expect(waiting.map(({ request }) => request.url)).toEqual(['/1']);
    for (const path of ['/1', '/2', '/3', '/4']) {
      await asked(1);
      answerOne(`https://s.example${path}`);
      expect((await client.answer()).headers['location']).toBe(`https://s.example${path}`);
    }
  });

  it('are answered in order when part of the next comes, and the rest later', async () => {
    answerLater();
    const client = await open();
    await client.send(get('/1'));
    await asked(1);
    await client.send(get('/2').slice(0, 20));
    await quiet();
    answerOne();
    await client.answer();
    await client.send(get('/2').slice(20));
    await asked(1);
    expect(waiting[0]?.request.url).toBe('/2');
    answerOne();
    expect((await client.answer()).status).toBe(302);
  });

  it('are all answered when the client ends its side behind them', async () => {
    answerLater();
    const client = await open(true);
    await client.send(get('/1'));
    await asked(1);
    client.socket.end(get('/2'));
    await quiet();
    for (const path of ['/1', '/2']) {
      await asked(1);
      expect(waiting[0]?.request.url).toBe(path);
      answerOne();
      expect((await client.answer()).status).toBe(302);
    }
    await client.closed;
  });

  it('go unanswered behind one that was to be the last, as with Node', async () => {
    answerLater();
    const client = await open();
    await client.send(get('/1', 'Connection: close'));
    await asked(1);
    await client.send(get('/2'));
    answerOne();
    await client.closed;
    expect(waiting).toEqual([]);
  });
});

describe('what the application leaves', () => {
  it('is answered by Node, like all that follows on its connection', async () => {
    const client = await open();
    expect((await client.ask(get('/before'))).status).toBe(302);
    expect((await client.ask(get('/api/v1'))).body).toBe('node');
    const { headers } = await client.ask(get('/after'));
    expect(headers['location']).toBe('https://s.example/after');
    expect(test.nodesPaths).toEqual(['/api/v1', '/after']);
    expect(test.sockets).toHaveLength(1);
  });

  it('comes to Node with its body, wherever the body begins', async () => {
    const text = 'POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello';
    for (const cut of [1, 4, 5, 6, 20, text.length - 5, text.length - 1]) {
      const client = await open();
      await client.ask(get('/before'));
      await client.send(text.slice(0, cut));
      await quiet();
      expect((await client.ask(text.slice(cut))).body).toBe('node');
    }
  });

  it.each([
    ['a word', 'hello\r\n\r\n', 400],
    ['TLS', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', 400],
    ['a line that ends by LF alone', 'GET /a HTTP/1.1\nHost: x\n\n', undefined],
    ['one line that ends by LF alone', 'GET /a HTTP/1.1\r\nHost: x\n\r\n', undefined],
    ['another version', 'GET /a HTTP/3.7\r\n', 400],
    ['no host', 'GET /a HTTP/1.1\r\n\r\n', 400],
    ['a head over 16 KiB', get('/a', `X: ${'x'.repeat(17_000)}`), 431],
    ['a path over 16 KiB', get(`/${'a'.repeat(17_000)}`), 431],
    ['a head that does not end', `GET /a HTTP/1.1\r\nX: ${'x'.repeat(17_000)}`, 431],
  ])('gets at once what Node says: %s', async (_, text, status) => {
    const client = await open();
    const answered = await client.ask(text);
    expect(answered.status).toBe(status ?? answered.status);
    expect(waiting).toEqual([]);
  });

  it('is left to Node when HTTP/1.0 asks, which closes', async () => {
    const client = await open();
    const { status, headers } = await client.ask('GET /old HTTP/1.0\r\n\r\n');
    expect([status, headers['connection']]).toEqual([302, 'close']);
    await client.closed;
    expect(test.nodesPaths).toEqual(['/old']);
  });

  it('may be nothing at all', async () => {
    const client = await open();
    client.socket.end();
    await client.closed;
    const begun = await open();
    begun.socket.end('GET /a HT');
    await begun.closed;
    expect(begun.unread.startsWith('HTTP/1.1 302')).toBe(false);
  });
});

describe('a client that does not read', () => {
  it('is not read from, either', async () => {
    const long = `https://s.example/${'x'.repeat(50_000)}`;
    let count = 0;
    answer = ({ reply }) => {
      count++;
      sendRedirect(reply, long);
    };
    const client = await open();
    client.socket.pause();
    // One at a time, as more at once would be Node's to answer.
    for (let sent = 0; sent < 1_000 && count === sent; sent++) {
      await client.send(get('/a'));
      for (let turn = 0; turn < 50 && count === sent; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    const heldBack = test.sockets[0]?.writableLength ?? 0;
    expect(heldBack).toBeLessThan(200_000);
    expect(count).toBeLessThan(1_000);
    client.socket.resume();
    for (let read = 0; read < count; read++) expect((await client.answer()).headers['location']).toBe(long);
    expect((await client.ask(get('/again'))).status).toBe(302);
  });
});

describe('idle connections', () => {
  const sweepAfter = async (ms: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms);
    await quiet();
  };

  it('are closed after a while, and not before', async () => {
    const client = await open();
    await client.ask(get('/a'));
    await sweepAfter(IDLE_MS - SWEEP_MS);
    expect((await client.ask(get('/b'))).status).toBe(302);
    await sweepAfter(2 * SWEEP_MS);
    expect(client.socket.closed).toBe(false);
    await sweepAfter(IDLE_MS);
    expect(client.socket.closed).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['half a head', 'GET /a HTTP/1.1\r\nHost: x\r\n'],
    ['half a request line', 'GET /a'],
  ])('S9 are closed sooner where they begin with %s', async (_, text) => {
    const client = await open();
    await client.send(text);
    await sweepAfter(HEAD_MS - SWEEP_MS);
    expect(client.socket.closed).toBe(false);
    await client.send(text === '' ? '' : 'x'); // one byte more is no reason to wait for longer
    await sweepAfter(2 * SWEEP_MS);
    expect(client.socket.closed).toBe(true);
  });

  it('are not those whose request is under way', async () => {
    answerLater();
    const client = await open();
    await client.send(get('/a'));
    await asked(1);
    await sweepAfter(2 * IDLE_MS);
    answerOne();
    expect((await client.answer()).status).toBe(302);
  });

  it('are not those on which a request has just begun; it may take as long as silence may', async () => {
    const client = await open();
    await client.ask(get('/a'));
    await sweepAfter(IDLE_MS - 5_000);
    await client.send('GET /b HTTP/1.1\r\n');
    await quiet();
    await sweepAfter(10_000);
    expect((await client.ask('Host: x\r\n\r\n')).status).toBe(302);

    await client.send('GET /never HTTP/1.1\r\n');
    for (let i = 0; i < 15; i++) {
      await client.send('A: b\r\n');
      await sweepAfter(5_000);
    }
    await client.closed;
  });
});
