import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EdgeRequest } from './edge-request.js';
import { NodeReply, NodeRequest } from './node-adapter.js';
import { MAX_HEAD_BYTES, readRequestHead } from './request-head.js';

const HOST = 'Host: go.example';
const head = (...lines: string[]): string => ['GET /a HTTP/1.1', ...lines, '', ''].join('\r\n');

interface Facts {
  method: string;
  url: string;
  host: string;
  headers: IncomingHttpHeaders;
  userAgent: string | undefined;
  forwardedFor: string | undefined;
}
const factsOf = (request: EdgeRequest): Facts => {
  const { method, url, host, headers } = request;
  const [userAgent, forwardedFor] = [request.header('user-agent'), request.header('x-forwarded-for')];
  return { method, url, host, headers, userAgent, forwardedFor };
};

// The fast reader and Node must never disagree on where a request ends or what it says: behind a proxy that would be request
// smuggling. So everything that the fast reader reads is also given to a real Node server, with a second request behind it.
describe('what readRequestHead reads, Node reads', { timeout: 30_000 }, () => {
  interface Seen extends Facts {
    closes: boolean;
    hasBody: boolean;
  }

  const PROBE = 'GET /probe HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n';
  let server: Server;
  let port: number;
  const seenOn = new Map<number | undefined, Seen[]>();

  beforeAll(async () => {
    // Kept short: a connection that Node does not close, though the edge would, is to show soon.
    server = createServer({ keepAliveTimeout: 100 }, (request, response) => {
      const seen = seenOn.get(request.socket.remotePort);
      let bytes = 0;
      request.on('data', (chunk: Buffer) => (bytes += chunk.length));
      request.on('end', () => {
        const facts = factsOf(new NodeRequest(request, new NodeReply(response, false)));
        seen?.push({ ...facts, closes: !response.shouldKeepAlive, hasBody: bytes > 0 });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** What a Node server makes of these bytes: the requests it saw, and its answers. */
  const askNode = (text: string): Promise<{ seen: Seen[]; answers: string }> =>
    new Promise((resolve, reject) => {
      const seen: Seen[] = [];
      let answers = '';
      const socket = connect(port, '127.0.0.1', () => {
        const { localPort } = socket;
        seenOn.set(localPort, seen);
        socket.on('data', (chunk) => (answers += chunk.toString('latin1')));
        socket.on('error', reject);
        socket.setTimeout(10_000, () => socket.destroy(new Error(`Node did not answer ${JSON.stringify(text)}`)));
        socket.on('close', () => {
          seenOn.delete(localPort);
          resolve({ seen, answers });
        });
        socket.write(Buffer.from(text, 'latin1'));
      });
      socket.on('error', reject);
    });

  /** @returns whether the fast reader reads it; then it was compared. */
  const compare = async (text: string): Promise<boolean> => {
    const read = readRequestHead(text);
    if (read === undefined) return false;
    // Behind the last request of a connection Node refuses whatever comes.
    const { seen, answers } = await askNode(read.closes ? text : text + PROBE);
    const [first, second, ...more] = seen;
    expect(first).toEqual({ ...factsOf(read), closes: read.closes, hasBody: false });
    expect(second?.url).toBe(read.closes ? undefined : '/probe');
    expect(more).toEqual([]);
    expect(answers).toMatch(/^HTTP\/1\.1 204 /);
    expect(answers).not.toMatch(/HTTP\/1\.1 [45]/);
    return true;
  };

  const compareAll = async (texts: Iterable<string>): Promise<number> => {
    let read = 0;
    const queue = [...new Set(texts)];
    const work = async (): Promise<void> => {
      for (let text = queue.pop(); text !== undefined; text = queue.pop()) if (await compare(text)) read++;
    };
    await Promise.all(Array.from({ length: 16 }, work));
    return read;
  };

  /** @returns how many of so many the fast reader reads: when that is next to none, nothing was compared. */
  const compareSome = async (texts: fc.Arbitrary<string>, count: number): Promise<number> => {
    const AT_ONCE = 50;
    let read = 0;
    const some = fc.array(texts, { minLength: AT_ONCE, maxLength: AT_ONCE });
    const property = fc.asyncProperty(some, async (batch) => {
      const compared = await compareAll(batch);
      read += compared;
    });
    await fc.assert(property, { numRuns: count / AT_ONCE });
    return read;
  };

  const words = (...lines: string[]): string[] => lines.flatMap((text) => text.split(' | '));
  const HARMLESS = words(
    'User-Agent | Accept-Language | Referer | X-Forwarded-For | Sec-Purpose | Purpose | X-Moz | X-Purpose | Cookie | TE',
    'DNT | Sec-GPC',
    'Set-Cookie | Trailer | Keep-Alive | HTTP2-Settings | Authorization | If-Modified-Since | Content-Type | Range | Via',
    '__proto__ | constructor | Host_ | Content-Length- | Transfer_Encoding',
  );
  const DECISIVE = words(
    'Host | Connection | Content-Length | Transfer-Encoding | Upgrade | Expect | Proxy-Connection',
  );
  const TOKEN = "!#$%&'*+.^_`|~-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const latin1 = (low: number, high: number) =>
    fc.integer({ min: low, max: high }).map((code) => String.fromCharCode(code));
  const anyCase = (text: string) =>
    fc
      .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map((upper) => [...text].map((c, i) => (upper[i] ? c.toUpperCase() : c.toLowerCase())).join(''));
  const harmless = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...HARMLESS).chain(anyCase) },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...TOKEN), minLength: 1, maxLength: 12 }) },
  );
  const decisive = fc.constantFrom(...DECISIVE).chain(anyCase);
  const blank = fc.string({ unit: fc.constantFrom(' ', '\t'), maxLength: 3 });
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: fc.oneof(latin1(32, 126), latin1(128, 255), fc.constant('\t')) }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...words(
          'close | keep-alive | Keep-Alive | chunked | 0 | 1 | 1 | 1 | 5 | upgrade | websocket | 100-continue | prefetch',
          'go.example | 1.2.3.4, 5.6.7.8 | x, y | trailers | ',
        ),
      ),
    },
  );
  const line = (name: fc.Arbitrary<string>) =>
    fc.tuple(name, blank, value, blank).map(([n, before, v, after]) => `${n}:${before}${v}${after}`);
  const target = fc.string({ unit: latin1(33, 126), maxLength: 20 }).map((text) => `/${text.replaceAll('#', '%23')}`);
  /** A head as a client may send it, with a host or (seldom) without. */
  const headOf = (lines: fc.Arbitrary<string[]>) =>
    fc
      .record({
        method: fc.constantFrom('GET', 'HEAD'),
        target,
        host: fc.option(anyCase('host: go.example'), { freq: 20 }),
        lines,
        at: fc.nat(6),
      })
      .map(({ method, target: url, host, lines: others, at }) => {
        const all = host === null ? others : others.toSpliced(at, 0, host);
        return [`${method} ${url} HTTP/1.1`, ...all, '', ''].join('\r\n');
      });
  const good = headOf(
    fc
      .tuple(
        fc.array(line(harmless), { maxLength: 4 }),
        fc.array(line(decisive), { maxLength: 1 }),
        fc.array(line(harmless), { maxLength: 2 }),
      )
      .map((lines) => lines.flat()),
  );

  it('as it is, in any order and any writing', async () => {
    expect(await compareSome(good, 600)).toBeGreaterThan(150);
  });

  // What is known to confuse parsers, put anywhere.
  const TRICKS = words(
    '\r\n | \n | \r | \n\n | \r\n\r\n | \r\r\n | \n\r\n | \r\n  | \r\n\t | \r\n: | : | :: |   |    | \t',
    '\0 | \x01 | \x0b | \x0c | \x1f | \x7f | \x80 | \x85 | \xa0 | \xff | \xef\xbb\xbf | # | ? | // | *',
    'GET  | POST  | PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n | http://other.example | HTTP/1.0 | HTTP/1.1 | HTTP/9.9',
    '\r\nContent-Length: 5 | \r\nContent-Length: +5 | \r\nContent-Length: 0x5 | \r\nContent-Length : 5',
    '\r\nTransfer-Encoding: chunked | \r\nTransfer-Encoding:\x0bchunked | \r\nTransfer-Encoding\0: chunked',
    '\r\nTransfer_Encoding: chunked | \r\nTransfer-Encoding: identity | \r\nX: y\r\n Transfer-Encoding: chunked',
    '\nContent-Length: 5 | \rContent-Length: 5 | \r\nHost: other.example | \r\nhost: | \r\nConnection: close',
    '\r\nUpgrade: h2c | \r\nExpect: 100-continue | \r\nProxy-Connection: close | \r\nConnection: Upgrade',
    '\r\nTrailer: Host | \r\nTE: trailers | \r\nUser-Agent: again | \r\nSec-Purpose: | \r\nX-Forwarded-For:',
  );
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(3),
    by: fc.oneof(fc.constantFrom(...TRICKS), latin1(0, 255), fc.constant('')),
  });
  const plain = headOf(fc.array(line(harmless), { maxLength: 2 }));
  const mutated = fc.tuple(plain, fc.array(mutation, { minLength: 1, maxLength: 2 })).map(([text, mutations]) => {
    let broken = text;
    for (const { at, length, by } of mutations) {
      const from = Math.floor(at * broken.length);
      broken = broken.slice(0, from) + by + broken.slice(from + length);
    }
    return broken;
  });

  it('after anything was put in or taken out', async () => {
    expect(await compareSome(mutated, 4_000)).toBeGreaterThan(100);
  });

  it('with any byte in any place of the line, the name, the value and the ends', async () => {
    const text = 'GET /a HTTP/1.1\r\nHost: x\r\nAge: b\r\n\r\n';
    const places = [
      '/a',
      'a ',
      ' HTTP',
      '1\r\n',
      '\r\nHost',
      '\nHost',
      'Host',
      ': x',
      ' x',
      'x\r',
      '\nAge',
      '\r\n\r\n',
    ];
    const variants = places.flatMap((place) => {
      const at = text.indexOf(place);
      return Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).flatMap((byte) => [
        text.slice(0, at) + byte + text.slice(at),
        text.slice(0, at) + byte + text.slice(at + 1),
      ]);
    });
    expect(await compareAll(variants)).toBeGreaterThan(500);
  });

  it('with every trick in every place', async () => {
    const text = 'GET /a HTTP/1.1\r\nHost: x\r\nAge: b\r\n\r\n';
    const variants = TRICKS.flatMap((trick) =>
      Array.from({ length: text.length + 1 }, (_, at) => text.slice(0, at) + trick + text.slice(at)),
    );
    expect(await compareAll(variants)).toBeGreaterThan(50);
  });

  it('up to the longest head and the most headers', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, i) => `a${i}:`);
    await compareAll([
      head(HOST, `A: ${'x'.repeat(MAX_HEAD_BYTES - head(HOST, 'A: ').length)}`),
      `GET /${'x'.repeat(MAX_HEAD_BYTES - head(HOST).length)} HTTP/1.1\r\n${HOST}\r\n\r\n`,
      ...[31, 32, 33, 100, 998, 999, 1_000, 1_500, 1_999, 2_000, 2_100].map((count) => head(...lines(count), HOST)),
      ...[31, 32, 999, 1_000, 1_500].map((count) => head(HOST, ...lines(count), 'User-Agent: late')),
      head(HOST, ...Array.from({ length: 4_000 }, () => 'a:'), 'Sec-Purpose: prefetch'),
    ]);
  });
});
