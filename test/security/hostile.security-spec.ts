import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiAnswer, type ApiCall, ApiClient, type Route, routesOf } from '../support/api/api-client.js';
import {
  makeSamples,
  parametersOf,
  samplePath,
  type Samples,
  sampleTarget,
  unknownKinds,
} from '../support/api/api-samples.js';
import { eventually } from '../support/eventually.js';
import { inParallel } from '../support/in-parallel.js';
import { DnsServer } from '../support/servers/dns-server.js';
import { report } from '../support/security-report.js';
import { cleanUp } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';
import { bodyWith, injectionPoints } from './injection-points.js';
import { BODIES, HEADERS, queriesOf, TEXT_PAYLOADS, VALUE_PAYLOADS } from './payloads.js';

/** In the short edition each place gets these many of them, other ones at each place. */
const SHORT = 3;
const isLong = process.env['SECURITY_TESTS'] === 'long';

/** What a POST needs to come as far as its fields. */
const BASES: Record<string, object> = {
  'POST /api/v1/links': { url: 'https://shop.example/' },
  'POST /api/v1/networks': { name: 'Network' },
  'POST /api/v1/workspaces': { name: 'Workspace' },
  'POST /api/v1/api-keys': { name: 'Key', scopes: ['links:read'] },
  'POST /api/v1/domains': { hostname: 'go.hostile.example' },
  'PUT /api/v1/exchange-rates': { base: 'EUR', rates: [{ date: '2001-02-03', currency: 'USD', rate: '1.1' }] },
};

let server: SystemServer;
/** Whose things must stay as they are. */
let victim: ApiClient;
let attacker: ApiClient;
/** Whose workspace may be deleted: its name, which is what that asks for, is none of the payloads. */
let lost: ApiClient;
/** Who has one of everything, to do with as he likes. */
let settled: ApiClient;
let own: Samples;
let dns: DnsServer;
let document: OpenAPIObject;
let routes: Route[];
let samples: Samples;
let secrets: string[];

beforeAll(async () => {
  dns = await DnsServer.start();
  server = await SystemServer.start({
    env: {
      DNS_SERVERS: dns.address,
      HOPBACK_API_KEY: 'a-key-that-must-never-be-logged',
      LOG_LEVEL: 'debug',
      REPORTS: 'on',
      RATE_LIMIT_FAILED: '0',
      RATE_LIMIT_ADDRESS: '0',
    },
  });
  victim = new ApiClient(server.baseUrl, server.apiKey);
  document = await victim.document();
  routes = routesOf(document);
  samples = await makeSamples(victim);
  await eventually(
    () => victim.call('get', '/api/v1/reports'),
    ({ status }) => status === 200,
  );
  const newWorkspace = (name: string): Promise<{ apiKey: string }> =>
    victim.json('post', '/api/v1/workspaces', { body: { name } });
  const { apiKey } = await newWorkspace('Attacker');
  attacker = new ApiClient(server.baseUrl, apiKey);
  lost = new ApiClient(server.baseUrl, (await newWorkspace('Not a payload')).apiKey);
  settled = new ApiClient(server.baseUrl, (await newWorkspace('Settled')).apiKey);
  own = await settle(settled);
  secrets = [server.apiKey, apiKey, samples.get('/postback') ?? ''];
});
afterAll(async () => {
  await cleanUp();
  await dns.close();
});

/** A workspace needs a domain for links, and a spare key to be changed. */
async function settle(client: ApiClient): Promise<Samples> {
  const domain = await client.json<{ id: string; dns: { name: string; value: string }[] }>('post', '/api/v1/domains', {
    body: { hostname: 'go.settled.example' },
  });
  const [proof] = domain.dns;
  dns.set('TXT', proof?.name ?? '', proof?.value ?? '');
  await client.json('post', `/api/v1/domains/${domain.id}/verify`);
  await client.json('post', '/api/v1/api-keys', { body: { name: 'Spare', scopes: ['links:read'] } });
  return makeSamples(client);
}

/** These many of them, other ones for each place; in the long edition all. */
let turn = 0;
const some = <T>(payloads: readonly T[]): readonly T[] =>
  isLong ? payloads : Array.from({ length: SHORT }, () => payloads[turn++ % payloads.length] as T);

interface Attack extends ApiCall {
  /** Default: the attacker. */
  client?: ApiClient;
  route: Route;
  what: string;
  path: string;
  /** What the answer must not be. */
  isBad?: (answer: ApiAnswer) => boolean;
}

const idsOfVictim = (): string[] =>
  [...samples.entries()].filter(([kind]) => /^(?!network-pre|exch)/.test(kind)).map(([, id]) => id);

const rowsOf = ({ status, text, type }: ApiAnswer): number => {
  if (status !== 200) return 0;
  if (type.startsWith('text/csv')) return text.trim().split('\r\n').length - 1;
  if (type.startsWith('text/event-stream')) return text.match(/^data:/gm)?.length ?? 0;
  const { data, results, rows, values } = JSON.parse(text) as Record<string, unknown[] | undefined>;
  return (data ?? results ?? rows ?? values ?? []).length;
};

/** Of several at once, each has its own outcome. */
const isTaken = ({ status, text }: ApiAnswer): boolean => {
  if (status >= 400 || text === '') return status < 400;
  const { results } = JSON.parse(text) as { results?: { status: number }[] };
  return results === undefined || results.some((result) => result.status < 400);
};

/** The draft of a link is answered with all of its problems instead of being refused. */
const isReported = ({ text }: ApiAnswer, path: readonly (string | number)[]): boolean => {
  const { problems = [] } = JSON.parse(text) as { problems?: { path: string }[] };
  const field = path.slice(1).join('.');
  // A problem of one value of a list is one of the list.
  return problems.some((problem) => `${field}.`.startsWith(`${problem.path}.`));
};

/** Tries them all as the attacker, and gives those that came to anything. */
async function tryAll(what: string, attacks: Attack[]): Promise<string[]> {
  const ids = idsOfVictim();
  const found = await inParallel(
    attacks,
    async ({ route, what: how, path, isBad, client: chosen = attacker, ...call }) => {
      const client = route.name === 'DELETE /api/v1/workspaces/current' ? lost : chosen;
      const answer = await client.call(route.method, path, call).catch((error: Error) => error);
      const line = (why: string): string => `${route.name} ${how.slice(0, 120)}: ${why}`;
      if (answer instanceof Error) return line(answer.message);
      const shown = ids.filter((id) => answer.text.includes(id) && !path.includes(id) && !how.includes(id));
      if (answer.status >= 500) return line(`${answer.status} ${answer.text}`);
      if (shown.length > 0) return line(`shows ${shown.join()}`);
      if (answer.status >= 400 && !/^application\/problem\+json|^image\/gif/.test(answer.type)) {
        if (!answer.text.includes('"verdict"')) return line(`${answer.status} is ${answer.type || 'of no type'}`);
      }
      return isBad?.(answer) ? line(`${answer.status} ${answer.text.slice(0, 300)}`) : undefined;
    },
  );
  const bad = found.filter((line) => line !== undefined);
  // Whoever has lost his key on the way has tried nothing since.
  for (const { key } of [attacker, lost, settled]) {
    const { status } = await victim.call('get', '/api/v1/workspaces/current', { key });
    if (status !== 200) bad.push(`afterwards the attacker's own key is answered ${status}`);
  }
  report({ name: 'payloads', what, tried: attacks.length, bad: bad.length });
  return bad;
}

/** Half of a pair is sent as what every client makes of it. */
const encoded = (payload: string): string => encodeURIComponent(Buffer.from(payload).toString());

/** What a header can hold of them; the rest no client sends, and Node refuses. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const HEADER_TEXTS = TEXT_PAYLOADS.filter((payload) => /^[\t\x20-\xff]+$/.test(payload) && payload.length < 500);

/** In all headers that anything is read from. */
const everywhere = (text: string): Record<string, string> =>
  Object.fromEntries(
    ['user-agent', 'accept-language', 'referer', 'cookie', 'x-forwarded-for', 'x-request-id', 'purpose', 'dnt'].map(
      (name) => [name, text],
    ),
  );

const ownPath = (route: Route): string => samplePath(route, new Map());

describe('operators and other payloads', () => {
  it('have somewhere to go', () => {
    expect(unknownKinds(routes, samples), 'to be added to test/support/api/api-samples.ts').toEqual([]);
    const points = routes.map((route) => injectionPoints(document, route));
    expect(points.flatMap(({ fields }) => fields).length).toBeGreaterThan(60);
    expect(points.flatMap(({ query }) => query).length).toBeGreaterThan(40);
    expect(TEXT_PAYLOADS.length + VALUE_PAYLOADS.length + BODIES.length + HEADERS.length).toBeGreaterThan(100);
  });

  it('in a path find nothing', async () => {
    const attacks = routes.flatMap((route) =>
      parametersOf(route).flatMap(({ name }) =>
        some(TEXT_PAYLOADS).flatMap((payload): Attack[] => {
          const text = encoded(payload);
          const path = ownPath({ ...route, path: route.path.replace(`{${name}}`, text) });
          const isBad = ({ status, text }: ApiAnswer): boolean =>
            status < 400 && !(status === 200 && text.includes('"data":[]'));
          return [{ route, what: `${name} = ${payload}`, path, isBad, ...(route.method !== 'get' && { body: {} }) }];
        }),
      ),
    );
    expect(await tryAll('in paths', attacks)).toEqual([]);
  });

  it('in a query find no more than nothing', async () => {
    const attacks = routes.flatMap((route) =>
      injectionPoints(document, route).query.flatMap((name) => {
        // Whose page it is does not depend on which page it is.
        const isPaging = name === 'limit' || name === 'cursor';
        const isBad = (answer: ApiAnswer): boolean => !isPaging && rowsOf(answer) > 0;
        const attack = (query: string): Attack => ({
          route,
          what: `?${query}`,
          path: `${ownPath(route)}?${query}`,
          isBad,
        });
        return [
          ...some(TEXT_PAYLOADS).map((payload) => attack(`${name}=${encoded(payload)}`)),
          ...some(queriesOf(name)).map(attack),
        ];
      }),
    );
    // The attacker has nothing: what he finds is not his.
    expect(await tryAll('in queries', attacks)).toEqual([]);
  });

  it('in a query do not widen what their own workspace is shown', async () => {
    const lists = routes.filter((route) => route.method === 'get' && parametersOf(route).length === 0);
    const wrong: string[] = [];
    let tried = 0;
    for (const route of lists) {
      const attacks = injectionPoints(document, route)
        .query.filter((name) => /Id$|^(?:event|status|verdict|txid|reason)/.test(name))
        .flatMap((name) => some(queriesOf(name).slice(0, 6)));
      await inParallel(attacks, async (query) => {
        tried++;
        const answer = await victim.call('get', `${route.path}?${query}`);
        if (rowsOf(answer) > 0 || answer.status >= 500) wrong.push(`${route.name}?${query}: ${answer.status}`);
      });
    }
    report({ name: 'payloads', what: 'in filters of the own workspace', tried, bad: wrong.length });
    expect(wrong).toEqual([]);
  });

  it('in a body are texts, or refused', async () => {
    const attacks = routes
      .filter(({ method }) => method !== 'get')
      .flatMap((route) =>
        injectionPoints(document, route).fields.flatMap(({ path, type }) => {
          const attack = (payload: unknown): Attack => {
            const isOperator = typeof payload === 'object' && JSON.stringify(payload).includes('$');
            const isScalar = ['string', 'number', 'integer', 'boolean'].includes(type);
            return {
              route,
              what: `${path.join('.')} = ${JSON.stringify(payload)}`,
              path: ownPath(route),
              body: bodyWith(BASES[route.name] ?? {}, path, payload),
              isBad: (answer) => isScalar && isOperator && isTaken(answer) && !isReported(answer, path),
            };
          };
          return [...some(TEXT_PAYLOADS), ...some(VALUE_PAYLOADS)].map(attack);
        }),
      );
    expect(await tryAll('in bodies', attacks)).toEqual([]);
  });

  it('in a body about the caller’s own resources are texts, or refused', async () => {
    const attacks = routes
      .filter((route) => !['get', 'delete'].includes(route.method) && parametersOf(route).length > 0)
      .flatMap((route) =>
        injectionPoints(document, route).fields.flatMap(({ path }) =>
          [...some(TEXT_PAYLOADS), ...some(VALUE_PAYLOADS)].map((payload): Attack => {
            const body = bodyWith(BASES[route.name] ?? {}, path, payload);
            const what = `${path.join('.')} = ${JSON.stringify(payload)}`;
            return { client: settled, route, what, path: samplePath(route, own), body };
          }),
        ),
      );
    expect(await tryAll('in bodies about own things', attacks)).toEqual([]);
  });

  it('as names of fields are refused, or stored as they are', async () => {
    const attacks = routes
      .filter(({ method }) => method !== 'get')
      .flatMap((route) =>
        injectionPoints(document, route).maps.flatMap(({ path, value }) =>
          some(TEXT_PAYLOADS).map((payload): Attack => {
            // Not an object of ours: `__proto__` is to be sent as well.
            const field = JSON.parse(`{${JSON.stringify(payload)}:${JSON.stringify(value)}}`) as object;
            const body = bodyWith(BASES[route.name] ?? {}, path, field);
            return { route, what: `${path.join('.')}.${payload}`, path: ownPath(route), body };
          }),
        ),
      );
    expect(attacks.length).toBeGreaterThan(0);
    expect(await tryAll('as names of fields', attacks)).toEqual([]);
  });

  it('instead of a body are refused', async () => {
    const isEmpty = (body: string): boolean => body === '';
    const attacks = routes
      .filter(({ method }) => method !== 'get')
      .flatMap((route) =>
        (isLong ? BODIES : some(BODIES)).map((body): Attack => ({
          route,
          what: body,
          path: ownPath(route),
          body,
          isBad: ({ status }) => !isEmpty(body) && body.includes('proto') && status < 400,
        })),
      );
    expect(await tryAll('instead of bodies', attacks)).toEqual([]);
  });

  it('in headers open nothing', async () => {
    const attacks = routes
      .filter(({ isClosed }) => isClosed)
      .flatMap((route) =>
        some(HEADERS).map((headers): Attack => ({
          route,
          what: JSON.stringify(headers),
          path: ownPath(route),
          headers,
          key: null,
          isBad: ({ status, headers: { 'x-injected': injected, 'x-request-id': id } }) =>
            status !== 401 || injected !== undefined || String(id).includes('$'),
        })),
      );
    expect(await tryAll('in headers', attacks)).toEqual([]);
  });

  /** A workspace has only so many exports under way: the next one waits for its place. */
  const askInTurn = async (path: string, headers: Record<string, string> = {}): Promise<ApiAnswer> => {
    for (;;) {
      const answer = await victim.call('get', path, { headers });
      if (answer.status !== 429) return answer;
      await sleep(20);
    }
  };

  it('in headers change no answer', async () => {
    const lists = routes.filter((route) => route.method === 'get' && route.isClosed);
    const slug = (await victim.json<{ slug: string }>('get', `/api/v1/links/${samples.get('links')}`)).slug;
    const asked = [...lists.map((route) => sampleTarget(route, samples)), `/${slug}`, `/no-${slug}`, '/hopback.js'];
    const headers = HEADERS.filter((header) => !('authorization' in header));
    const wrong: string[] = [];
    let tried = 0;
    for (const path of asked) {
      const plain = await victim.call('get', path, { headers: { host: 'localhost' } });
      await inParallel([...some(headers), ...some(HEADER_TEXTS.map(everywhere))], async (header) => {
        tried++;
        const answer = await askInTurn(path, { host: 'localhost', ...header });
        const isOther = answer.status !== plain.status || answer.headers['x-injected'] !== undefined;
        if (isOther)
          wrong.push(`${path} ${JSON.stringify(header).slice(0, 120)}: ${answer.status}, not ${plain.status}`);
      });
    }
    report({ name: 'payloads', what: 'in headers with a key', tried, bad: wrong.length });
    expect(wrong).toEqual([]);
  });

  it('have polluted nothing', async () => {
    const link = await victim.call('get', `/api/v1/links/${samples.get('links')}`);
    expect(link.status).toBe(200);
    expect(link.text).not.toContain('polluted');
    expect(await attacker.json('get', '/api/v1/workspaces/current')).not.toHaveProperty('polluted');
  });

  it('have left the victim’s things as they were', async () => {
    const reading = routes.filter((route) => route.method === 'get' && route.isClosed);
    const statuses = await inParallel(reading, async (route) => {
      const { status } = await askInTurn(sampleTarget(route, samples));
      return status === 200 ? undefined : `${route.name}: ${status}`;
    });
    expect(statuses.filter((line) => line !== undefined)).toEqual([]);
  });
});

describe('the log, at the level debug', () => {
  it('has a line for each request, and no secret in any', async () => {
    const network = await victim.json<{ id: string; key: string; pixelKey: string }>('post', '/api/v1/networks', {
      body: {
        name: 'Secretive',
        security: {
          token: { param: 'token', value: 'token-that-is-secret' },
          hmac: { secret: 'hmac-secret-of-32-characters-or-so', param: 'sig' },
        },
      },
    });
    const link = await victim.call('post', '/api/v1/links', {
      body: { url: 'https://shop.example/', password: 'password-that-is-secret' },
      headers: { 'idempotency-key': 'idempotency-key-that-is-secret' },
    });
    expect([201, 422]).toContain(link.status); // a field that may not be there yet
    const { key } = await victim.json<{ key: string }>('post', '/api/v1/api-keys', {
      body: { name: 'key', scopes: ['links:read'] },
    });
    await victim.call('get', `/postback/${network.key}?click_id=x&token=token-that-is-secret&sig=abc`, { key: null });
    await victim.call('post', `/postback/${network.key}`, { key: null, body: { token: 'token-that-is-secret' } });
    await victim.call('get', `/api/v1/links?cursor=${encodeURIComponent('%')}`, { key });
    await victim.call('get', '/api/v1/links', { key: 'a-wrong-key-that-somebody-has-mistyped' });
    await victim.call('post', '/api/v1/links', { key, body: '{"broken": "body-that-is-secret' });
    const log = server.program.stdout + server.program.stderr;
    expect(log).toContain('"route":"/api/v1/links"');
    const all = [
      ...secrets,
      network.key,
      key,
      'token-that-is-secret',
      'hmac-secret-of-32-characters-or-so',
      'password-that-is-secret',
      'idempotency-key-that-is-secret',
      'a-wrong-key-that-somebody-has-mistyped',
      'body-that-is-secret',
    ];
    const logged = all.filter((secret) => secret !== '' && log.includes(secret));
    report({ name: 'log', what: 'secrets looked for', tried: all.length, bad: logged.length });
    expect(logged).toEqual([]);
  });
});
