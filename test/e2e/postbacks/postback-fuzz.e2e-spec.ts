import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { eventually } from '../../support/eventually.js';
import { RawClient } from '../../support/raw-client.js';
import { TestApp } from '../../support/test-app.js';

/** Cases; each run has this many on one network. */
const CASES = Number(process.env['PROPERTY_RUNS'] ?? 500);
const AT_ONCE = 10;
/** A machine that is busy with other tests may make MongoDB slow: networks send again what was answered 503. */
const MAX_TRIES = 5;
/** What the HTTP layer refuses by itself: 400 no HTTP, 408 too slow, 413 too long, 417 an expectation, 431 a head that is too long, 501. */
const REFUSED_BY_HTTP = [400, 408, 413, 417, 431, 501];

let app: TestApp;
let port: number;
beforeAll(async () => {
  app = await TestApp.start();
  port = Number(new URL(app.baseUrl).port);
});
afterAll(() => app.close());

const TRICKS = [
  ' ',
  '  ',
  '\t',
  '\0',
  '\x01',
  '\x7f',
  '\x80',
  '\xa4',
  '\xff',
  '\xc2\xa4',
  '#',
  '?',
  '??',
  '&',
  '&amp;',
  ';',
  '=',
  '\\',
  '%',
  '%zz',
  '%00',
  '%0a',
  '%20',
  '%3F',
  '%26',
  '%2F',
  '%A4',
  '%C2%A4cy=',
  '//',
  '/./',
  '/../',
  '+',
  '{',
  '"',
  '<',
  "'",
  'HTTP/1.1',
  'http://x',
  '{"a":',
  '[{}]',
  'null',
  '--b\r\n',
  '¤cy=EUR',
  'x'.repeat(300),
];
const HEADERS = [
  'Content-Type: application/json',
  'Content-Type: multipart/form-data; boundary=b',
  'Content-Type: application/x-www-form-urlencoded; charset=windows-1251',
  'Content-Type: nonsense',
  'Content-Encoding: gzip',
  'Content-Encoding: x',
  'X-Forwarded-For: 1.2.3.4',
  'Expect: 100-continue',
  'Connection: close',
  'X-Twice: 1\r\nX-Twice: 2',
  'Cookie: a=b',
  'Transfer-Encoding: identity',
  'Bad Header: 1',
  'Empty:',
];
const BODIES = [
  '',
  'a=1',
  '{"event":"ftd"}',
  '[]',
  '[{"a":1},{"a":2}]',
  '<a/>',
  '\x1f\x8bxx',
  '--b\r\n\r\n--b--',
  '\xff\xfe\0',
  'LONG',
];

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(2),
  by: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...TRICKS) },
    fc.nat(255).map((code) => String.fromCharCode(code)),
  ),
});
/** A request that names the key, with anything put in around it. */
const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  before: fc.constantFrom(
    '/postback/',
    '//postback/',
    '/Postback/',
    '/postback//',
    'http://h/postback/',
    '/postback/%20',
    'postback/',
  ),
  behind: fc.constantFrom('?', '&', '/?', '%3F', '%20?', ' ?', '.?', '??', '#?', '"?', '/x?', ''),
  query: fc.constantFrom('event=ftd&payout=50', 'click_id=x', 'a=1;b=2', '', 'event=first deposit'),
  mutations: fc.array(mutation, { maxLength: 3 }),
  version: fc.constantFrom('HTTP/1.1', 'HTTP/1.0'),
  headers: fc.uniqueArray(fc.constantFrom(...HEADERS), { maxLength: 2 }),
  body: fc.constantFrom(...BODIES),
  inPieces: fc.boolean(),
  isSecond: fc.boolean(),
});
type AnyRequest = typeof anyRequest extends fc.Arbitrary<infer T> ? T : never;

/** What stands behind the key, mutated; the key and what leads to it stay, so that it names the network. */
const textOf = (
  { method, before, behind, query, mutations, version, headers, body: kind }: AnyRequest,
  key: string,
): string => {
  const body = kind === 'LONG' ? 'x'.repeat(70_000) : kind;
  let rest = behind + query;
  for (const { at, length, by } of mutations) {
    const from = Math.floor(at * rest.length);
    rest = rest.slice(0, from) + by + rest.slice(from + length);
  }
  // More letters behind the key would make another key, and a line break another request.
  rest = rest.replaceAll(/[\r\n]/g, '').replace(/^(?=[0-9A-Za-z]|%(?:3[0-9]|[46][1-9A-F]|[57][0-9A]))/i, '?');
  const lines = method === 'POST' || body !== '' ? [...headers, `Content-Length: ${body.length}`] : headers;
  return [`${method} ${before}${key}${rest} ${version}`, 'Host: localhost', ...lines, '', body].join('\r\n');
};

const statusOf = async (text: string, { inPieces, isSecond }: AnyRequest): Promise<number> => {
  const client = await RawClient.open(port);
  try {
    if (isSecond) await client.ask('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    if (inPieces) {
      const cut = text.length % 40;
      await client.send(text.slice(0, cut));
      await new Promise((resolve) => setTimeout(resolve, 2));
      await client.send(text.slice(cut));
    } else {
      await client.send(text);
    }
    const { status } = await client.answer();
    return status === 100 ? (await client.answer()).status : status;
  } finally {
    client.socket.destroy();
  }
};
const loggedOf = ({ id: networkId }: NetworkResponse): Promise<number> =>
  app.connection.collection('postbacks').countDocuments({ networkId });

it(
  'K9 each request that names a network is answered, and in its log or refused by HTTP',
  { timeout: 300_000 },
  async () => {
    const property = fc.asyncProperty(
      fc.array(anyRequest, { minLength: AT_ONCE, maxLength: AT_ONCE }),
      async (requests) => {
        await Promise.all(
          requests.map(async (request) => {
            const network = await app.createNetwork({ security: { ratePerMinute: 10_000 } });
            const text = textOf(request, network.key);
            let status = 503;
            for (let tries = 0; status === 503 && tries < MAX_TRIES; tries++) {
              status = await statusOf(text, request).catch((error: unknown) => {
                throw new Error(`${JSON.stringify(text.slice(0, 400))}: ${String(error)}`, { cause: error });
              });
            }
            if (status < 500 && REFUSED_BY_HTTP.includes(status)) return;
            expect({ text: text.slice(0, 400), status }).toMatchObject({
              status: expect.toSatisfy((one: number) => [200, 413, 422].includes(one)),
            });
            const logged = await eventually(
              () => loggedOf(network),
              (count) => count > 0,
            );
            expect(logged).toBeGreaterThan(0);
          }),
        );
      },
    );
    await fc.assert(property, { numRuns: Math.ceil(CASES / AT_ONCE), endOnFailure: true });
  },
);
