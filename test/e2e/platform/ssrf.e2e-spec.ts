import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OutboundClient, type OutboundOptions } from '../../../src/platform/outbound/outbound-client.js';
import { OutboundError } from '../../../src/platform/outbound/outbound-error.js';
import { Canary } from '../../support/canary.js';
import { RebindingDns } from '../../support/servers/rebinding-dns.js';
import { report } from '../../support/security-report.js';
import { BAD_NAMES, ssrfVectors } from '../../support/ssrf-vectors.js';

// Stands for a server of the internet: the client may go to this one address, and not to the canary's at the same port.
const GOOD = '127.0.0.2';

let canary: Canary;
let dns: RebindingDns;
let good: Server;
let answer: RequestListener;
const clients: OutboundClient[] = [];

const client = (options: Partial<OutboundOptions> = {}): OutboundClient => {
  const made = new OutboundClient({
    allow: [`${GOOD}:${canary.port}`],
    dnsServers: [dns.server],
    ports: [80, 443, 8443, canary.port],
    ...options,
  });
  clients.push(made);
  return made;
};

const codeOf = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error instanceof OutboundError ? error.code : String(error)),
  );

const at = (path: string, host = GOOD): string => `http://${host}:${canary.port}${path}`;

beforeAll(async () => {
  canary = await Canary.start();
  dns = await RebindingDns.start({
    ...BAD_NAMES,
    'good.rebind.test': [[GOOD]],
    'changing.rebind.test': [[GOOD], ['127.0.0.1']],
    'turned.rebind.test': [['127.0.0.1'], [GOOD]],
    'empty.rebind.test': [[]],
    'silent.rebind.test': [],
  });
  good = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => good.listen(canary.port, GOOD, resolve));
});
beforeEach(() => {
  canary.hits = 0;
  answer = (_request, response) => response.end('good');
});
afterAll(async () => {
  await Promise.all(clients.map((made) => made.close()));
  good.closeAllConnections();
  good.close();
  await canary.close();
  await dns.close();
});

describe('the table of addresses that are not public', () => {
  it('is refused, each for its own reason, and the canary hears nothing', async () => {
    const vectors = ssrfVectors(canary.port);
    const guarded = client();
    const found = await Promise.all(
      vectors.map(async ({ name, url }) => ({ name, url, code: await codeOf(guarded.request(url)) })),
    );
    report({ name: 'ssrf', what: 'vectors, hits on the canary', tried: vectors.length, bad: canary.hits });
    expect(found).toEqual(vectors);
    expect(vectors.length).toBeGreaterThanOrEqual(100);
    expect(canary.hits).toBe(0);
  });

  it('is refused behind a redirect too', async () => {
    const guarded = client();
    const vectors = ssrfVectors(canary.port).filter(({ url }) => URL.canParse(url) && !/[^\x20-\x7e]/.test(url));
    answer = (request, response) => {
      const index = Number(new URL(request.url ?? '', 'http://x').searchParams.get('n'));
      response.writeHead(302, { location: vectors[index]?.url ?? '' }).end();
    };
    const found: string[] = [];
    for (const index of vectors.keys()) found.push(await codeOf(guarded.request(at(`/?n=${index}`), { redirects: 3 })));
    report({ name: 'ssrf', what: 'behind redirects, hits on the canary', tried: vectors.length, bad: canary.hits });
    expect(found).toEqual(vectors.map(({ code }) => code));
    expect(canary.hits).toBe(0);
  });

  it('would be noticed by the canary: without the guard it is hit', async () => {
    const open = client({ allow: [`127.0.0.1:${canary.port}`] });
    expect((await open.request(at('/', '127.0.0.1'))).body.toString()).toContain('a secret');
    expect(canary.hits).toBe(1);
  });
});

describe('a name that changes its mind', () => {
  afterEach(() => report({ name: 'ssrf', what: 'names that change, hits on the canary', tried: 1, bad: canary.hits }));

  it('is asked once, and the connection goes where the answer said', async () => {
    const guarded = client();
    const { body } = await guarded.request(at('/', 'changing.rebind.test'));
    expect(body.toString()).toBe('good');
    expect(dns.asked.get('A changing.rebind.test')).toBe(1);
    expect(canary.hits).toBe(0);
  });

  it('is judged anew with the next connection', async () => {
    const guarded = client();
    answer = (_request, response) => response.writeHead(200, { connection: 'close' }).end('good');
    expect(await codeOf(guarded.request(at('/', 'turned.rebind.test')))).toBe('address_not_allowed');
    expect(await codeOf(guarded.request(at('/', 'turned.rebind.test')))).toBe('answered');
    expect(await codeOf(guarded.request(at('/', 'changing.rebind.test')))).toBe('address_not_allowed');
    expect(canary.hits).toBe(0);
  });

  it('does not help by a redirect to itself', async () => {
    let asked = 0;
    const own = await RebindingDns.start({ 'flip.rebind.test': [[GOOD], ['127.0.0.1']] });
    answer = (_request, response) => {
      const location = at(`/${++asked}`, 'flip.rebind.test');
      response.writeHead(302, { location, connection: 'close' }).end();
    };
    const guarded = client({ dnsServers: [own.server] });
    expect(await codeOf(guarded.request(at('/', 'flip.rebind.test'), { redirects: 3 }))).toBe('address_not_allowed');
    expect(asked).toBe(1);
    expect(canary.hits).toBe(0);
    await own.close();
  });

  it.each([
    ['nobody.rebind.test', 'dns_error'],
    ['empty.rebind.test', 'dns_error'],
  ])('or has no address is an error: %s', async (host, code) => {
    expect(await codeOf(client().request(at('/', host)))).toBe(code);
  });

  it('delays no other request when its server is silent', async () => {
    const hasty = client({ limits: { connectMs: 300 } });
    const startedAt = performance.now();
    expect(await codeOf(hasty.request(at('/', 'silent.rebind.test')))).toBe('timeout');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});

describe('what the operator allows', () => {
  it('is allowed by name, whatever the name leads to, at that port alone', async () => {
    const allowing = client({ allow: [`loopback.rebind.test:${canary.port}`], ports: [80] });
    expect(await codeOf(allowing.request(at('/', 'LOOPBACK.rebind.test.')))).toBe('answered');
    expect(canary.hits).toBe(1);
    expect(await codeOf(allowing.request(at('/', '127.0.0.1')))).toBe('address_not_allowed');
    expect(await codeOf(allowing.request(`http://loopback.rebind.test:${canary.port + 1}/`))).toBe('port_not_allowed');
    expect(await codeOf(allowing.request('http://loopback.rebind.test/'))).toBe('address_not_allowed');
    expect(canary.hits).toBe(1);
  });

  it('is allowed by address, under whatever name', async () => {
    const allowing = client({ ports: [80] });
    expect(await codeOf(allowing.request(at('/', 'good.rebind.test')))).toBe('answered');
    expect(await codeOf(allowing.request(at('/', 'loopback.rebind.test')))).toBe('address_not_allowed');
  });

  it('for one request is not there for the next one', async () => {
    const guarded = client();
    const alsoAllow = [`127.0.0.1:${canary.port}`];
    expect(await codeOf(guarded.request(at('/', '127.0.0.1'), { alsoAllow }))).toBe('answered');
    expect(await codeOf(guarded.request(at('/', '127.0.0.1')))).toBe('address_not_allowed');
  });
});

describe('a redirect', () => {
  const toItself: RequestListener = (request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end('arrived');
    else response.writeHead(302, { location: `/${left - 1}` }).end('moved');
  };

  it('is an answer, unless it is to be followed', async () => {
    answer = toItself;
    const { status, headers, hops } = await client().request(at('/1'));
    expect({ status, location: headers['location'], hops: hops.length }).toEqual({
      status: 302,
      location: '/0',
      hops: 1,
    });
  });

  it('is followed three times at most', async () => {
    answer = toItself;
    const { status, hops, url } = await client().request(at('/3'), { redirects: 3 });
    expect({ status, url, asked: hops.map((hop) => hop.status) }).toEqual({
      status: 200,
      url: at('/0'),
      asked: [302, 302, 302, 200],
    });
    expect(await codeOf(client().request(at('/4'), { redirects: 99 }))).toBe('too_many_redirects');
  });

  it('takes neither headers nor authorization along to another origin', async () => {
    const seen: unknown[] = [];
    answer = ({ url, headers }, response) => {
      seen.push([url, headers.authorization, headers['x-own']]);
      if (url === '/2') response.writeHead(302, { location: '/1' }).end();
      else if (url === '/1') response.writeHead(302, { location: at('/0', 'good.rebind.test') }).end();
      else response.end();
    };
    await client().request(at('/2'), { redirects: 3, authorization: 'Bearer x', headers: { 'X-Own': 'yes' } });
    expect(seen).toEqual([
      ['/2', 'Bearer x', 'yes'],
      ['/1', 'Bearer x', 'yes'],
      ['/0', undefined, undefined],
    ]);
  });

  it.each([
    [301, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'told'],
    [308, 'POST', 'told'],
  ])('%i of a POST is followed by a %s', async (status, method, body) => {
    answer = (request, response) => {
      if (request.url === '/') return void response.writeHead(status, { location: '/next' }).end();
      let told = '';
      request.on('data', (chunk: Buffer) => (told += chunk.toString()));
      request.on('end', () => response.end(`${request.method} ${told}`));
    };
    const found = await client().request(at('/'), { method: 'POST', body: 'told', redirects: 1 });
    expect(found.body.toString()).toBe(`${method} ${body}`);
  });
});

describe('headers from user input', () => {
  it.each(['Host', 'authorization', 'Content-Length', 'Transfer-Encoding', 'Connection', 'proxy-authorization', 'te'])(
    'cannot set %s',
    async (name) => {
      expect(await codeOf(client().request(at('/'), { headers: { [name]: 'x' } }))).toBe('header_not_allowed');
    },
  );

  it.each([
    ['X-A', 'a\r\nHost: internal'],
    ['X-A', 'a\nb'],
    ['X-A', 'a\u0000b'],
    ['X-A', '€'],
    ['X A', 'a'],
    ['', 'a'],
    ['X-A\r\nHost', 'internal'],
  ])('cannot smuggle: %j: %j', async (name, value) => {
    expect(await codeOf(client().request(at('/'), { headers: { [name]: value } }))).toBe('header_not_allowed');
  });
});

describe('an answer', () => {
  const limits = { connectMs: 500, headersMs: 500, bodyMs: 500, deadlineMs: 700 };
  const HUGE = 32 * 1024 * 1024;

  it('is read up to a limit, and not received beyond it', async () => {
    let sent = 0;
    answer = (_request, response) => {
      const more = (): void => {
        while (sent < HUGE && !response.destroyed) {
          sent += 65_536;
          if (!response.write(Buffer.alloc(65_536, 'x'))) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    const { body, truncated } = await client().request(at('/'), { maxBytes: 1_000 });
    expect({ length: body.length, truncated }).toEqual({ length: 1_000, truncated: true });
    expect(sent).toBeLessThan(HUGE);
  });

  it('is unpacked, and a bomb is not', async () => {
    const unpacked = Buffer.alloc(HUGE, 'x'); // ours, and in use already when the memory is looked at
    const packedHuge = gzipSync(unpacked);
    answer = (request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(request.url === '/bomb' ? packedHuge : gzipSync('packed'));
    };
    const packed = await client().request(at('/'));
    expect({ body: packed.body.toString(), truncated: packed.truncated }).toEqual({ body: 'packed', truncated: false });
    const before = process.memoryUsage().rss;
    const bomb = await client().request(at('/bomb'));
    expect({ length: bomb.body.length, truncated: bomb.truncated }).toEqual({ length: 65_536, truncated: true });
    expect(process.memoryUsage().rss - before).toBeLessThan(unpacked.length);
  });

  it.each(['gzip', 'deflate', 'br', 'gzip, gzip', 'nonsense'])(
    'that is not packed as it says (%s) is an answer all the same',
    async (encoding) => {
      answer = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end('not packed');
      expect((await client().request(at('/'))).status).toBe(200);
    },
  );

  it('that never comes is given up', async () => {
    answer = () => undefined;
    expect(await codeOf(client({ limits }).request(at('/')))).toBe('timeout');
  });

  it('that drips is given up at the deadline', async () => {
    answer = (_request, response) => {
      const timer = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(timer));
    };
    const startedAt = performance.now();
    expect(await codeOf(client({ limits }).request(at('/')))).toBe('timeout');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('of headers that are too large is an error', async () => {
    answer = (_request, response) => response.writeHead(200, { 'x-large': 'x'.repeat(60_000) }).end();
    expect(await codeOf(client().request(at('/')))).toBe('headers_too_large');
  });

  describe('of something that is no web server', () => {
    let other: NetServer;
    let port: number;
    const talk: { banner?: string } = {};
    beforeAll(async () => {
      other = createNetServer((socket) => {
        socket.on('error', () => undefined);
        if (talk.banner === undefined) return;
        socket.write(talk.banner);
        void sleep(50).then(() => socket.end());
      });
      await new Promise<void>((resolve) => other.listen(0, GOOD, resolve));
      ({ port } = other.address() as AddressInfo);
    });
    afterAll(() => other.close());
    const ask = (scheme: string): Promise<string> =>
      codeOf(client({ limits, allow: [`${GOOD}:${port}`] }).request(`${scheme}://${GOOD}:${port}/`));

    it('is an error', async () => {
      talk.banner = 'SSH-2.0-OpenSSH_9.2\r\n';
      expect(await ask('http')).toBe('answer_invalid');
      expect(['tls_error', 'connect_error']).toContain(await ask('https'));
    });

    it('is not waited for when it says nothing', async () => {
      talk.banner = undefined;
      expect(await ask('http')).toBe('timeout');
      expect(await ask('https')).toBe('timeout');
    });
  });
});
