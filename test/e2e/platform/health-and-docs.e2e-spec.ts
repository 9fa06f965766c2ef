import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../../support/test-app.js';
import { expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const metric = async (name: string): Promise<number> => {
  const { text } = await app.plain('get', '/metrics');
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.split(' ')[1] ?? 0);
};

describe('health', () => {
  it('is live', async () => {
    const response = await app.plain('get', '/health/live');
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'ok' });
  });

  it('is ready, and names each dependency', async () => {
    const response = await app.plain('get', '/health/ready');
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      status: 'ok',
      details: { mongodb: { status: 'up' }, redis: { status: 'up' } },
    });
  });

  it('is the same on every host', async () => {
    expect((await app.plain('get', '/health/ready').set('host', '10.0.0.1:3000')).status).toBe(200);
  });
});

describe('metrics', () => {
  it('are in Prometheus’ text format', async () => {
    const response = await app.plain('get', '/metrics');
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(response.text).toContain('# TYPE process_cpu_seconds_total counter');
    for (const line of response.text.split('\n').filter((text) => text !== '')) {
      expect(line).toMatch(/^(# (HELP|TYPE) .+|[a-zA-Z_:][\w:]*(\{.*\})? (-?[\d.e+-]+|NaN|[+-]Inf))$/i);
    }
  });

  it('count redirects, clicks and postbacks', async () => {
    const names = [
      'hopback_redirects_total{outcome="redirected"}',
      'hopback_redirects_total{outcome="not_found"}',
      'hopback_clicks_spooled_total',
      'hopback_postbacks_total{verdict="accepted",reason=""}',
      'hopback_postbacks_total{verdict="rejected",reason="missing_click_id"}',
    ];
    const read = (): Promise<number[]> => Promise.all(names.map(metric));
    const before = await read();
    const { clickId } = await app.clickedLink();
    await app.plain('get', '/nobody');
    const network = await app.createNetwork();
    await app.postback(network, `click_id=${clickId}`);
    await app.postback(network, '');
    expect(await read()).toEqual(before.map((count) => count + 1));
  });

  it('name no key and no id in their routes', async () => {
    const network = await app.createNetwork();
    await app.postback(network, '');
    await app.api('get', `/networks/${network.id}`);
    const { text } = await app.plain('get', '/metrics');
    expect(text).not.toContain(network.key);
    expect(text).not.toContain(network.id);
  });
});

/** Every route that a controller declares, as `GET /api/v1/links/{id}`. Only what is not of the API may be kept out of the docs. */
const declaredRoutes = (): string[] => {
  const routes: string[] = [];
  for (const { controllers } of app.app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype !== 'function' || !metatype.name) continue;
      const prefix = Reflect.getMetadata('path', metatype) as string;
      const isHidden = Reflect.hasMetadata('swagger/apiExcludeController', metatype);
      if (isHidden && !prefix.startsWith('api/')) continue;
      const prototype = metatype.prototype as Record<string, object>;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const handler = Object.getOwnPropertyDescriptor(prototype, name)?.value as object | undefined;
        if (typeof handler !== 'function' || !Reflect.hasMetadata('method', handler)) continue;
        const method = RequestMethod[Reflect.getMetadata('method', handler) as RequestMethod];
        const path = `/${prefix}/${Reflect.getMetadata('path', handler) as string}`;
        routes.push(
          `${method} ${path
            .replaceAll(/\/+/g, '/')
            .replace(/\/$/, '')
            .replaceAll(/:(\w+)/g, '{$1}')}`,
        );
      }
    }
  }
  return routes.sort();
};

describe('the OpenAPI document', () => {
  let document: OpenAPIObject;
  beforeAll(async () => {
    document = (await app.plain('get', '/api/openapi.json')).body as OpenAPIObject;
  });
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { summary?: string; security?: unknown[] }>).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path}`,
        ...operation,
      })),
    );

  it('is OpenAPI 3', () => {
    expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\./), info: { title: 'Hopback' } });
  });

  it('lists every route there is, and no other', () => {
    const routes = declaredRoutes();
    expect(routes).toContain('PATCH /api/v1/links/{id}');
    expect(
      operations()
        .map(({ route }) => route)
        .sort(),
    ).toEqual(routes);
  });

  it('says of every route what it does, and that those of the API need a key or a session', () => {
    for (const { route, summary, security = [] } of operations()) {
      expect(summary, route).toMatch(/./);
      const schemes = security.flatMap((requirement) => Object.keys(requirement as object));
      expect(schemes, route).toEqual(accessTo(route));
    }
  });

  it.each([
    ['GET /api/v1/links', ['401', '403', '429']],
    ['POST /api/v1/links/preview', ['401', '403', '404', '429']],
    ['GET /api/v1/demo-workspace', ['401', '403', '404', '429']],
    ['GET /api/v1/auth/methods', ['404', '429']],
    ['POST /api/v1/auth/sign-in', ['401', '403', '404', '429']],
    ['GET /pixel/{key}.gif', ['404', '429']],
  ])('says by which errors %s can be refused', (name, statuses) => {
    const operation = operations().find(({ route }) => route === name) as { responses?: object } | undefined;
    const documented = Object.keys(operation?.responses ?? {});
    expect(documented.filter((status) => ['401', '403', '404', '429'].includes(status))).toEqual(statuses);
    expect(JSON.stringify(operation)).not.toContain('x-can-answer');
  });

  it('is readable at /api/docs', async () => {
    const response = await app.plain('get', '/api/docs');
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    expect(response.text).toContain('Hopback');
  });
});

describe('X-Request-Id', () => {
  const echoOf = async (id?: string): Promise<string | undefined> => {
    const request = app.plain('get', '/health/live');
    return (await (id === undefined ? request : request.set('x-request-id', id))).headers['x-request-id'];
  };

  it.each(['abc-123', '0af7651916cd43dd8448eb211c80319c', 'a:b.c_d', 'x'.repeat(128)])('comes back: %s', async (id) => {
    expect(await echoOf(id)).toBe(id);
  });

  it('is made where none came, another each time', async () => {
    const [one, two] = [await echoOf(), await echoOf()];
    expect(one).toMatch(/^[\w-]{20,}$/);
    expect(two).not.toBe(one);
  });

  it.each(['x'.repeat(129), '<script>', 'a b', 'a"b'])('is made anew where it could do harm: %s', async (id) => {
    expect(await echoOf(id)).not.toBe(id);
  });

  it('is in the problem as well', async () => {
    const response = await app.api('get', '/links', null).set('x-request-id', 'trace-me');
    expect(expectProblem(response, 401).requestId).toBe('trace-me');
  });
});

describe('a request that cannot be read', () => {
  const post = (type: string, body: string) => app.api('post', '/links').set('content-type', type).send(body);

  it.each(['{', '{"url":}', '{"url":"https://shop.example/"', "{'url':1}", 'url=1', '{"url":"a"}}'])(
    'is a 400 when its JSON is broken: %s',
    async (body) => {
      expectProblem(await post('application/json', body), 400);
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json', 'x'])(
    'is a 415 when it comes as %s',
    async (type) => {
      expectProblem(await post(type, '{"url":"https://shop.example/"}'), 415);
    },
  );

  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'application/vnd.api+json'])(
    'is none when it comes as %s',
    async (type) => {
      expect((await post(type, '{"url":"https://shop.example/"}')).status).toBe(201);
    },
  );

  it('is a 413 when it is larger than the limit', async () => {
    const response = await post('application/json', JSON.stringify({ url: 'x'.repeat(1024 * 1024) }));
    expectProblem(response, 413);
  });

  it('is a 400 when its path is not encoded correctly', async () => {
    expectProblem(await app.api('get', '/links/%zz'), 400);
  });
});

describe('a route that is not there', () => {
  it.each([
    ['get', '/api/v1/nothing'],
    ['get', '/api/v1'],
    ['get', '/api'],
    ['get', '/api/v2/links'],
    ['put', '/api/v1/links'],
    ['delete', '/api/v1/links'],
    ['post', '/api/v1/links/lnk_00000000000000000000'],
    ['post', '/health/live'],
    ['get', '/internal'],
  ] as const)('is a 404: %s %s', async (method, path) => {
    expectProblem(await app.plain(method, path).set('authorization', `Bearer ${app.apiKey}`), 404);
  });
});

/** The ways to call a route. */
function accessTo(route: string): string[] {
  const isOpen = !route.includes(' /api/v1/') || route.endsWith(' /api/v1/track'); // pages have no key
  if (isOpen || route.includes(' /api/v1/auth/')) return [];
  return / \/api\/v1\/(me|demo-workspace)(\/|$)/.test(route) ? ['cookie'] : ['bearer', 'cookie'];
}
