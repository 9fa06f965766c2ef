import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { sendRedirect, TestEdge } from '../../test/support/edge.js';
import { eventually } from '../../test/support/eventually.js';
import type { RawClient } from '../../test/support/raw-client.js';
import type { EdgeHandler } from './edge-application.js';
import type { EdgeLimits } from './edge-server.js';

const HEAD_MS = 150;
const STALL_MS = 300;
const SHORT: Partial<EdgeLimits> = { headMs: HEAD_MS, stallMs: STALL_MS, sweepMs: 50 };
const KEY = 'A'.repeat(24);
/** More than the system takes for a client that does not read. */
const SIZE = 20_000_000;
const head = (line: string, ...lines: string[]): string =>
  [`${line} HTTP/1.1`, 'Host: go.example', ...lines, '', ''].join('\r\n');
const get = (path: string, ...lines: string[]): string => head(`GET ${path}`, ...lines);

const MAX_BODY_BYTES = 65_536;

let test: TestEdge;
afterEach(() => test.close());

/** Answers `/s…` at once with its path, `/postback/…` later when it has no body, or one that is too long. */
const handle: EdgeHandler = (request, reply) => {
  const { url } = request;
  if (url.startsWith('/s')) sendRedirect(reply, `https://s.example${url}`);
  else if (url.startsWith('/postback/') && request.method === 'GET') setTimeout(() => reply.send(200, {}, 'taken'), 20);
  else if (url.startsWith('/postback/')) {
    void request
      .readBody(MAX_BODY_BYTES)
      ?.then(({ state }) => (state === 'cut' ? reply.send(413, {}) : reply.send(200, {}, 'read')));
  } else return false;
  return true;
};
const start = async (
  limits: Partial<EdgeLimits> = {},
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end('node'),
  handler = handle,
): Promise<void> => {
  test = await TestEdge.start(
    { handle: handler, fallback: answer, needsHost: (url) => !url.startsWith('/postback/') },
    limits,
  );
};
const open = (allowHalfOpen = false): Promise<RawClient> => test.open(allowHalfOpen);
/** A client that keeps nothing of what it reads. */
const openCounting = async (): Promise<{ socket: Socket; received: () => number }> => {
  const { socket } = await open();
  let received = 0;
  socket.removeAllListeners('data').on('data', (chunk: Buffer) => (received += chunk.length));
  return { socket, received: () => received };
};
const statuses = async (client: RawClient, count: number): Promise<number[]> => {
  const found: number[] = [];
  while (found.length < count) found.push((await client.answer()).status);
  return found;
};

describe('S9 a connection that does nothing', () => {
  it.each([
    ['says nothing', ''],
    ['sends half a head that the front reads', 'GET /s HTTP/1.1\r\n'],
    ['sends half a head that Node reads', 'POST /api HTTP/1.1\r\nHost: x\r\n'],
  ])('is ended when it %s', async (_, text) => {
    await start(SHORT);
    const client = await open();
    await client.send(text);
    await client.closed;
  });

  it.each([
    ['front', '/s'],
    ['Node', '/api'],
  ])('is kept for longer between two requests, at the %s', async (_, path) => {
    await start({ ...SHORT, keepAliveMs: 60_000 });
    const client = await open();
    await client.ask(get(path));
    await sleep(3 * HEAD_MS);
    expect([200, 302]).toContain((await client.ask(get(path))).status);
  });

  it('is ended when the body of its request does not come', async () => {
    await start(SHORT, (request, response) => request.resume().on('end', () => response.end()));
    const client = await open();
    await client.send(`${head('POST /api', 'Content-Length: 10')}12345`);
    await client.closed;
  });

  it('is ended when it does not read its answer', async () => {
    let response: ServerResponse | undefined;
    await start(SHORT, (_request, one) => {
      response = one;
      one.end(Buffer.alloc(SIZE));
    });
    const { socket, received } = await openCounting();
    socket.pause();
    socket.write(get('/api'));
    await eventually(
      () => response?.closed,
      (isClosed) => isClosed === true,
    );
    socket.resume();
    await once(socket, 'close');
    expect(received()).toBeLessThan(SIZE);
  });

  it('is not ended while it reads its answer slowly', async () => {
    await start(SHORT, (_request, response) => response.end(Buffer.alloc(SIZE)));
    const { socket, received } = await openCounting();
    socket.write(get('/api', 'Connection: close'));
    while (!socket.readableEnded && !socket.destroyed) {
      socket.pause();
      await sleep(STALL_MS / 2);
      socket.resume();
      await sleep(2);
    }
    expect(received()).toBeGreaterThan(SIZE);
  });

  it('is not ended while it waits for an answer that takes long, or that pauses', async () => {
    await start(SHORT, (request, response) => {
      request.resume();
      setTimeout(() => response.write('a'), 2 * STALL_MS);
      setTimeout(() => response.end('b'), 5 * STALL_MS);
    });
    const client = await open();
    await client.send(`${head('POST /api', 'Content-Length: 2', 'Connection: close')}12`);
    await client.closed;
    expect(client.unread).toContain('a');
    expect(client.unread).toContain('b');
  });

  it('makes room for others where there are as many as there may be', async () => {
    await start({ maxConnections: 10 });
    const silent = await Promise.all(Array.from({ length: 10 }, () => open()));
    await eventually(
      async () => {
        const client = await open();
        return client.ask(get('/s')).then(
          ({ status }) => status,
          () => 0, // dropped
        );
      },
      (status) => status === 302,
    );
    expect(silent.some(({ socket }) => socket.closed || socket.destroyed)).toBe(true);
  });
});

describe('requests that are sent without waiting, before the client ends its side', () => {
  const POSTBACK = get(`/postback/${KEY}?a=b`);
  it.each([
    ['a postback and a short link', POSTBACK + get('/s'), [200, 302]],
    ['a short link and a postback', get('/s') + POSTBACK, [302, 200]],
    ['three postbacks', POSTBACK.repeat(3), [200, 200, 200]],
    ['a slow answer and others', get('/late') + POSTBACK + get('/s'), [200, 200, 302]],
    ['half a head behind a postback', `${POSTBACK}GET /s HT`, [200, 400]],
    ['what is no HTTP behind a postback', `${POSTBACK}\0\0\0`, [200]],
    ['what is no HTTP behind a slow answer and a postback', `${get('/late')}${POSTBACK}\0`, [200, 200]],
  ])('S9 are all answered, in order: %s', async (_, text, expected) => {
    await start({}, (_request, response) => setTimeout(() => response.end('late'), 50));
    const client = await open(true);
    client.socket.end(text, 'latin1');
    expect(await statuses(client, expected.length)).toEqual(expected);
    await client.closed;
    expect(client.unread).toBe('');
  });

  it('S9 are answered before one that is no HTTP, which may come later', async () => {
    await start({}, (_request, response) => setTimeout(() => response.end('late'), 50));
    const client = await open();
    await client.send(get('/late'));
    await client.send('\0\0');
    await client.send('\0\0');
    expect(await statuses(client, 2)).toEqual([200, 400]);
    await client.closed;
  });
});

describe('S9 a client that waits for a word before it sends its body', () => {
  const expecting = (length: number): string =>
    head(`POST /postback/${KEY}`, 'Expect: 100-continue', `Content-Length: ${length}`);

  it('gets it', async () => {
    await start();
    const client = await open();
    expect((await client.ask(expecting(3))).status).toBe(100);
    expect(await client.ask('a=b')).toMatchObject({ status: 200, body: 'read' });
  });

  it('gets none where the body would be too long, and is answered', async () => {
    await start();
    const client = await open();
    const { status, headers } = await client.ask(expecting(1_000_000_000));
    expect([status, headers['connection']]).toEqual([413, 'close']);
    await client.closed;
  });
});

describe('S22 the host of a request', () => {
  const ask = async (line: string, ...lines: string[]): Promise<number> => {
    const client = await open();
    return (await client.ask([`${line} HTTP/1.1`, ...lines, '', ''].join('\r\n'))).status;
  };
  const NODE = 'Content-Length: 0'; // is left to Node

  it.each([
    ['two, of one name', ['Host: go.example', 'Host: go.example']],
    ['two, of two names', ['Host: go.example', 'host: other.example']],
    ['two, one of them empty', ['Host: go.example', 'Host:']],
    ['a user name', ['Host: go.example:80@other.example']],
    ['a port of letters', ['Host: go.example:x']],
    ['a path', ['Host: other.example/go.example']],
    ['a list', ['Host: go.example, other.example']],
    ['a blank', ['Host: go example']],
    ['a scheme', ['Host: http://go.example']],
    ['an address with a name behind it', ['Host: [::1]go.example']],
    ['an address without its end', ['Host: [::1']],
    ['a letter that is not ASCII', ['Host: go\xe9.example']],
    ['none at all', []],
  ])('is refused by the fast reader and by Node: %s', async (_, lines) => {
    await start();
    expect(await ask('GET /s', ...lines)).toBe(400);
    expect(await ask('GET /s', ...lines, NODE)).toBe(400);
    expect(await ask('GET /api', ...lines)).toBe(400);
    expect(await ask(`GET http://go.example/s`, ...lines)).toBe(400);
    // For a network's key the host says nothing, and a conversion must not be lost.
    expect(await ask(`GET /postback/${KEY}`, ...lines)).toBe(200);
  });

  it.each(['go.example', 'GO.example.:443', 'go_1.example:', '127.0.0.1:80', '[2001:db8::7]', '[::1]:8080', ''])(
    'may be %j',
    async (host) => {
      await start();
      expect(await ask('GET /s', `Host: ${host}`)).toBe(302);
      expect(await ask('GET /s', `Host: ${host}`, NODE)).toBe(302);
    },
  );

  it('of an absolute target goes before the header', async () => {
    const hosts: string[] = [];
    await start({}, undefined, ({ host, url }, reply) => {
      hosts.push(`${host}${url}`);
      reply.send(404, {}, 'none');
      return true;
    });
    await ask('GET http://go.example:8080/s?a=b', 'Host: other.example');
    await ask('GET HTTPS://user:secret@go.example', 'Host: other.example');
    expect(await ask('GET http://go.example:x/s', 'Host: other.example')).toBe(400);
    expect(hosts).toEqual(['go.example:8080/s?a=b', 'go.example/']);
  });

  it('is answered with what is wrong with it', async () => {
    await start();
    const client = await open();
    const { headers, body } = await client.ask(get('/s', 'Host: go.example'));
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toContain('one Host header');
    await once(client.socket, 'close').catch(() => undefined);
  });
});

it('S33 what stands in one packet behind a refused request is not handled', async () => {
  const handled: string[] = [];
  await start({}, undefined, (request, reply) => {
    handled.push(request.url);
    return handle(request, reply);
  });
  const client = await open();
  await client.send(get('/s1') + get('/s2', 'Host: go.example') + get('/s3'));
  expect(await statuses(client, 2)).toEqual([302, 400]);
  await client.closed;
  expect(client.unread).toBe('');
  expect(new Set(handled)).toEqual(new Set(['/s1']));
});
