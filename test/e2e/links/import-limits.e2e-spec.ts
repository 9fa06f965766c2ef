import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConversionImports } from '../../../src/conversions/import/conversion-imports.service.js';
import { LinkImports } from '../../../src/links/transfer/link-imports.service.js';
import { eventually } from '../../support/eventually.js';
import { RawClient } from '../../support/raw-client.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid } from '../../support/api/expect-problem.js';
import { JSON_TYPE, LinkImportClient } from '../../support/api/link-import-client.js';

let app: TestApp;
let imports: LinkImportClient;
const keys: string[] = [];
beforeAll(async () => {
  app = await TestApp.start();
  imports = new LinkImportClient(app);
  keys.push(app.apiKey);
  for (let i = 0; i < 2; i++) keys.push((await app.createWorkspace()).apiKey);
});
afterAll(() => app.close());

/** Begins an upload that does not end before it is told to. */
function begin(path: string, key: string): { answer: Promise<Response>; end: () => void } {
  const done = new AbortController();
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('url,click_id\n');
    await sleep(60_000, undefined, { signal: done.signal }).catch(() => undefined);
    yield Buffer.from('https://shop.example/,x\n');
  }
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv' };
  const options = { method: 'POST', headers, body: body(), duplex: 'half' } as unknown as RequestInit;
  return { answer: fetch(`${app.baseUrl}/api/v1${path}`, options), end: () => done.abort() };
}

const MANY_CELLS = ',,,,,,,\n'.repeat(100_000);

describe('S2 an upload that is refused before its end', () => {
  it.each(['/links/import', '/conversions/import'])('leaves its connection usable: %s', async (path) => {
    const client = await RawClient.open(Number(new URL(app.baseUrl).port));
    const parts = 8;
    const length = 'url,slug\n'.length + parts * MANY_CELLS.length;
    const head = [
      `POST /api/v1${path} HTTP/1.1`,
      'Host: localhost',
      `Authorization: Bearer ${app.apiKey}`,
      'Content-Type: text/csv',
      `Content-Length: ${length}`,
    ];
    await client.send(`${head.join('\r\n')}\r\n\r\nurl,slug\n`);
    for (let i = 0; i < parts / 2; i++) await client.send(MANY_CELLS);
    expect((await client.answer()).status).toBe(422);
    for (let i = 0; i < parts / 2; i++) await client.send(MANY_CELLS);
    await client.send('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect((await client.answer()).status).toBe(200);
    client.socket.destroy();
  });
});

const PATHS = [
  ['/links/import?dryRun=true', () => app.app.get(LinkImports)['queue']],
  ['/conversions/import?dryRun=true', () => app.app.get(ConversionImports)['queue']],
] as const;

describe.each(PATHS)('S2 %s', (path, queue) => {
  const areRead = (files: number): Promise<number> =>
    eventually(
      () => Promise.resolve(queue()['running'].size),
      (count) => count === files,
    );
  const send = (key: string): Promise<Response> =>
    fetch(`${app.baseUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
      body: 'url,click_id\nhttps://shop.example/,x\n',
    });

  it('S2 is read for one of a workspace at a time, and two in all', async () => {
    const [first = '', second = '', third = ''] = keys;
    const one = begin(path, first);
    await areRead(1);
    const own = await send(first);
    expect(own.status).toBe(429);
    expect(own.headers.get('retry-after')).toBe('10');
    expect(((await own.json()) as { detail: string }).detail).toContain('Another file of this workspace');
    const two = begin(path, second);
    await areRead(2);
    const others = await send(third);
    expect(others.status).toBe(429);
    expect(((await others.json()) as { detail: string }).detail).toContain('Files of other workspaces');
    one.end();
    two.end();
    for (const { answer } of [one, two]) expect((await answer).status).toBeLessThan(300);
    expect((await send(third)).status).toBeLessThan(300);
  });
});

describe('S2 a JSON file of links', () => {
  it.each([
    ['11 million rows', `[${'{},'.repeat(2_000_000)}{}]`, 'too_many_values'],
    ['lists in lists', '['.repeat(4_000_000), 'nested_too_deep'],
  ])('S2 of %s is refused with 422', async (_, text, code) => {
    const response = await imports.send(text, '?dryRun=true', app.apiKey, JSON_TYPE);
    expectInvalid(response, 'file');
    expect((response.body as { errors: { code: string }[] }).errors[0]?.code).toBe(code);
  });

  it('S2 of more than 8 MiB is refused with 413', async () => {
    const response = await imports.send(`["${'x'.repeat(9_000_000)}"]`, '?dryRun=true', app.apiKey, JSON_TYPE);
    expect([response.status, response.text.includes('8 MiB')]).toEqual([413, true]);
  });
});
