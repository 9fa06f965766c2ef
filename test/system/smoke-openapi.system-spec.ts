import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUp, ROOT } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
}

type Content = Record<string, { schema?: Schema }>;

interface Operation {
  summary?: string;
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>> & { schemas: Record<string, Schema> };
}

let server: SystemServer;
let document: OpenApi;
let operations: { name: string; method: string; path: string; operation: Operation }[];

beforeAll(async () => {
  server = await SystemServer.start();
  document = (await (await fetch(`${server.baseUrl}/api/openapi.json`)).json()) as OpenApi;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method,
      path,
      operation,
    })),
  );
});
afterAll(cleanUp);

/** The names of a schema's properties, its references followed. */
function propertiesOf(schema: Schema | undefined): string[] {
  if (schema === undefined) return [];
  const named = /^#\/components\/schemas\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  return [
    ...Object.keys(schema.properties ?? {}),
    ...(schema.allOf ?? []).flatMap(propertiesOf),
    ...(named === undefined ? [] : propertiesOf(document.components.schemas[named])),
  ];
}

/** Every reference anywhere in the document. */
function references(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { $ref } = node as { $ref?: unknown };
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(node).flatMap(references)];
}

const isApi = ({ path }: { path: string }): boolean => path.startsWith('/api/v1/');

/** What is no JSON with properties. */
const DOWNLOADS: ReadonlySet<string> = new Set([
  'text/csv',
  'text/event-stream',
  'application/x-ndjson',
  'image/svg+xml',
  'image/png',
]);

const WITHOUT_BODY: ReadonlySet<string> = new Set(['204', '302', '303']);
/** Routes whose answer must not tell whether an address has an account. */
const SAYING_NOTHING: ReadonlySet<string> = new Set(['POST /api/v1/auth/password/forgot', 'POST /api/v1/me/email']);

describe('the OpenAPI document', () => {
  it('is one, with the routes of the main job in it', () => {
    expect(document.openapi).toMatch(/^3\./);
    expect(operations.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'POST /api/v1/links',
        'GET /api/v1/links/{id}',
        'POST /api/v1/networks',
        'GET /api/v1/clicks/{clickId}',
        'GET /api/v1/postbacks',
        'GET /api/v1/conversions',
        'GET /postback/{key}',
        'POST /postback/{key}',
      ]),
    );
    expect(document.components.securitySchemes).not.toEqual({});
  });

  it('refers to nothing that is not there', () => {
    const missing = references(document)
      .map((reference) => reference.replace('#/components/', '').split('/'))
      .filter(([kind = '', name = '']) => document.components[kind]?.[name] === undefined);
    expect(missing).toEqual([]);
  });

  it('has a summary for every operation', () => {
    expect(operations.filter(({ operation }) => !operation.summary).map(({ name }) => name)).toEqual([]);
  });

  it('describes the body of every POST and PATCH of the API that takes one', () => {
    const bare = operations
      .filter((entry) => isApi(entry) && ['post', 'patch', 'put'].includes(entry.method))
      .filter(({ operation }) => {
        const content = operation.requestBody?.content;
        return content?.['text/csv'] === undefined && propertiesOf(content?.['application/json']?.schema).length === 0;
      });
    // What these do is said by the path alone.
    const ofPeople =
      /(demo-workspace|sign-out|totp|recovery-codes|passkeys?\/options|hand-over|resend|identities\/oidc)$/;
    const ofObjects = /(\{id\}\/(rotate-key|replay|cancel|verify|restore)|\{changeId\}\/(undo|run))$/;
    const names = bare.map(({ name }) => name).filter((name) => !ofPeople.test(name) && !ofObjects.test(name));
    expect(names).toEqual([]);
  });

  it('describes every successful answer of the API', () => {
    const bare = operations.filter(isApi).flatMap(({ name, operation }) => {
      const good = Object.entries(operation.responses).filter(([status]) => /^(?:2\d\d|30[23])$/.test(status));
      const undescribed = good.filter(
        ([status, { content }]) =>
          !WITHOUT_BODY.has(status) &&
          !(status === '202' && SAYING_NOTHING.has(name)) &&
          !Object.keys(content ?? {}).some((type) => DOWNLOADS.has(type)) &&
          propertiesOf(content?.['application/json']?.schema).length === 0,
      );
      return good.length === 0 ? [`${name}: none`] : undescribed.map(([status]) => `${name}: ${status}`);
    });
    expect(bare).toEqual([]);
  });

  it('is readable in a browser', async () => {
    const response = await fetch(`${server.baseUrl}/api/docs`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('swagger-ui');
  });
});

describe('a route', () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map((path) => basename(path));

  it('of the API is in the file that is named like it', () => {
    const rooms = new Set(operations.filter(isApi).map(({ path }) => path.split('/')[3]));
    expect(rooms.size).toBeGreaterThan(0);
    // Two controllers must not differ by one letter: /postback is received, /api/v1/postbacks is its log.
    const fileOf = (room = ''): string => `${room === 'postbacks' ? 'postback-log' : room}.controller.ts`;
    expect([...rooms].filter((room) => !files.includes(fileOf(room)))).toEqual([]);
  });

  it.each([
    ['/postback/a-key-that-is-none', 404, 'receive-postback.controller.ts'],
    ['/health/live', 200, 'health.controller.ts'],
    ['/health/ready', 200, 'health.controller.ts'],
    ['/metrics', 200, 'metrics.controller.ts'],
  ])('%s answers, and has its file', async (path, status, file) => {
    expect((await fetch(server.baseUrl + path)).status).toBe(status);
    expect(files).toContain(file);
  });
});
