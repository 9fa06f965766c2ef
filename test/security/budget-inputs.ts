import { crc32, deflateSync } from 'node:zlib';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { ApiCall, Route } from '../support/api/api-client.js';
import { injectionPoints } from './injection-points.js';

/** A request that is as expensive as its route's validation lets it be, or more. */
export interface CostlyInput extends ApiCall {
  /** What is large in it. */
  what: string;
  /** Default: the route's. */
  path?: string;
  /** Put behind the path. */
  query?: string;
  /** It must be accepted: else it shows nothing of what the route does with it. */
  mustPass?: boolean;
}

/** The longest body of the API, less what stands around a value. */
const BODY_BYTES = 1024 * 1024 - 1_000;
const QUERY_BYTES = 15_000;
/** The values that a body may have, less some. */
const MANY = 44_000;

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const record = <T>(count: number, make: (index: number) => [string, T]): Record<string, T> =>
  Object.fromEntries(times(count, make));

/** For every route that takes a body: the largest that come as far as a validator, and some that should not. */
export function largeBodies(document: OpenAPIObject, route: Route): CostlyInput[] {
  if (['get', 'delete'].includes(route.method) && !route.name.endsWith('/bulk')) return [];
  const names = [...new Set(injectionPoints(document, route).fields.map(({ path }) => path[0] ?? ''))];
  const all = (value: unknown): Record<string, unknown> => Object.fromEntries(names.map((name) => [name, value]));
  const part = Math.floor(MANY / Math.max(1, names.length));
  const text = (unit: string): string => unit.repeat(Math.floor(BODY_BYTES / unit.length / (names.length + 1)));
  return [
    { what: 'unknown fields', body: record(MANY, (i) => [`k${i}`, 1]) },
    { what: 'unknown fields, few enough', body: record(550, (i) => [`k${i}`, {}]) },
    { what: 'objects within each other', body: '{"a":'.repeat(60) + '1' + '}'.repeat(60) },
    ...(names.length === 0
      ? []
      : [
          { what: 'lists of objects', body: all(times(part, () => ({}))) },
          { what: 'lists of objects, few enough', body: all(times(Math.floor(550 / names.length), () => ({}))) },
          { what: 'lists of numbers, few enough', body: all(times(Math.floor(19_000 / names.length), () => 0)) },
          {
            what: 'objects of many fields',
            body: all(record(Math.floor(19_000 / names.length), (i) => [`k${i}`, 'v'])),
          },
          { what: 'long texts', body: all(text('a')) },
          { what: 'long texts of quotation marks', body: all(text('"').slice(0, BODY_BYTES / 2 / (names.length + 1))) },
          { what: 'long texts of macros', body: all(text('{sub1}')) },
          { what: 'long texts of percent signs', body: all(`https://x.example/?${text('%25&a=%zz')}`) },
          { what: 'long texts of blanks', body: all(`a${text(' ')}`) },
        ]),
  ];
}

/** For every route that is read: long queries, and each parameter as long as it can be. */
export function longQueries(document: OpenAPIObject, route: Route): CostlyInput[] {
  const names = injectionPoints(document, route).query;
  const often = (unit: string): string => unit.repeat(Math.floor(QUERY_BYTES / unit.length));
  return [
    { what: 'a query of many parameters', query: often('a&') },
    { what: 'a query of encoded pairs', query: often('%61%3d=%62&') },
    ...names.flatMap((name) => [
      { what: `a long ${name}`, query: `${name}=${often('a')}` },
      {
        what: `a long ${name} of dots and stars`,
        query: `${name}=${often('.*+(a+)+$')}`.replaceAll('+', '%2B').slice(0, QUERY_BYTES),
      },
      { what: `${name} many times`, query: often(`${name}=x&`) },
    ]),
  ];
}

const URL_TEMPLATE = `https://x.example/?a=${'{sub1}'.repeat(330)}`;

/** A link with as much as validation lets it have. */
export function largestLink(): Record<string, unknown> {
  const condition = (i: number): unknown => ({
    field: `query:name${i}`,
    op: 'in',
    values: times(37, (k) => `value-${i}-${k}`),
  });
  return {
    url: URL_TEMPLATE,
    title: 't'.repeat(200),
    notes: 'n'.repeat(5_000),
    tags: times(50, (i) => `tag-${i}-${'x'.repeat(40)}`),
    rules: times(50, (i) => ({ name: `Rule ${i}`, url: 'https://x.example/', when: times(4, condition) })),
    variants: times(20, (i) => ({ name: `Variant ${i}`, url: URL_TEMPLATE, weight: 1 })),
  };
}

const LINK_OF_BULK = {
  url: 'https://x.example/?a={sub1}&b={country}',
  tags: times(10, (i) => `tag-${i}`),
  rules: times(4, (i) => ({
    url: 'https://x.example/',
    when: times(3, () => ({ field: 'country', op: 'in', values: ['DE', 'AT', `C${i}`.slice(0, 2)].slice(0, 2) })),
  })),
};

const LARGEST_NETWORK = {
  name: 'Largest',
  mapping: {
    params: Object.fromEntries(
      ['click_id', 'payout', 'event', 'txid', 'status', 'currency'].map((name) => [
        name,
        times(66, (i) => `${name}-${i}-${'x'.repeat(70)}`),
      ]),
    ),
    events: record(200, (i) => [`event ${i} ${'x'.repeat(80)}`, 'ftd']),
    statuses: record(200, (i) => [`status ${i} ${'x'.repeat(80)}`, 'approved']),
    currencies: record(200, (i) => [`currency ${i} ${'x'.repeat(80)}`, 'USD']),
  },
  security: { ips: times(100, (i) => `203.0.${i}.0/24`) },
};

const DAYS = times(500, (i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10));
const CODES = 'USD GBP JPY CHF PLN CZK HUF SEK NOK DKK RON BGN TRY CAD AUD NZD MXN BRL INR CNY'.split(' ');

/** A PNG of one colour. */
export function png(side: number): string {
  const chunk = (kind: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(kind), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 1; // bits for each pixel
  const pixels = deflateSync(Buffer.alloc((1 + Math.ceil(side / 8)) * side), { level: 9 });
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const image = [signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return `data:image/png;base64,${Buffer.concat(image).toString('base64')}`;
}

const csv = { 'content-type': 'text/csv' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const pairs = (count: number, pair = '%61%3d&'): string => pair.repeat(count);

/** What each route can be made to do at most, by hand. Names are those of the OpenAPI document. */
export const LARGEST: Record<string, CostlyInput[]> = {
  'POST /api/v1/links': [{ what: 'the largest link', body: largestLink(), mustPass: true }],
  'PATCH /api/v1/links/{id}': [{ what: 'the largest link', body: largestLink(), mustPass: true }],
  'POST /api/v1/links/bulk': [
    { what: '100 links', body: { links: times(100, () => LINK_OF_BULK) }, mustPass: true },
    { what: '3 largest links of a bulk', body: { links: times(3, () => largestLink()) }, mustPass: true },
    { what: 'objects as links', body: { links: times(20_000, () => ({})) } },
  ],
  'PATCH /api/v1/links/bulk': [
    { what: 'fields in one change', body: { ids: ['x'], changes: record(19_000, (i) => [`k${i}`, 1]) } },
    {
      what: 'one change of 100 links',
      body: { ids: times(100, (i) => `lnk_${i}`), changes: { title: 't' } },
      mustPass: true,
    },
  ],
  'DELETE /api/v1/links/bulk': [{ what: '100 ids', body: { ids: times(100, (i) => `lnk_${i}`) }, mustPass: true }],
  'POST /api/v1/networks': [{ what: 'the largest mapping', body: LARGEST_NETWORK, mustPass: true }],
  'POST /api/v1/networks/{id}/mapping-changes': [
    { what: 'the largest mapping of a change', body: { mapping: LARGEST_NETWORK.mapping }, mustPass: true },
  ],
  'POST /api/v1/networks/{id}/mapping-changes/preview': [
    { what: 'the largest mapping of a preview', body: { mapping: LARGEST_NETWORK.mapping }, mustPass: true },
  ],
  'POST /api/v1/networks/{id}/preview': [
    { what: 'a body of many parameters', body: { method: 'POST', query: pairs(2_000), body: pairs(9_000) } },
    { what: 'a body of nested JSON', body: { method: 'POST', body: '{"a":'.repeat(9_000) } },
    { what: 'a request line as pasted', body: { url: `https://x.example/postback/x?${pairs(2_200)}` } },
  ],
  'POST /api/v1/links/{id}/simulate': [
    {
      what: 'the longest headers and query',
      body: {
        userAgent: 'Mozilla/5.0 ('.repeat(78),
        headers: record(50, (i) => [`h${i}`, 'x'.repeat(2_048)]),
        query: record(50, (i) => [`sub${i}`, '<'.repeat(2_048)]),
        path: `/x?${'%zz&'.repeat(1_000)}`,
      },
      mustPass: true,
    },
  ],
  'PUT /api/v1/exchange-rates': [
    {
      what: '10,000 rates',
      body: {
        base: 'EUR',
        rates: DAYS.flatMap((date) => CODES.map((currency) => ({ date, currency, rate: '1.0824' }))),
      },
      mustPass: true,
    },
    {
      what: '10,000 wrong rates',
      body: { base: 'EUR', rates: times(10_000, () => ({ date: 'x', currency: 'x', rate: 'x' })) },
    },
    {
      what: 'CSV of 500 days',
      headers: csv,
      body: `Date,${CODES.join()}\n${DAYS.map((day) => `${day},${CODES.map(() => '1.0824').join()}`).join('\n')}\n`,
      mustPass: true,
    },
    { what: 'CSV of quotation marks', headers: csv, body: `Date,USD\n${'"""'.repeat(300_000)}` },
    { what: 'CSV of short lines', headers: csv, body: `Date,USD\n${'a\n'.repeat(500_000)}` },
  ],
  'POST /api/v1/visitor-rules/preview': [
    {
      what: '50 texts and ranges',
      body: {
        match: {
          userAgent: times(50, (i) => `${'x'.repeat(190)}${i}`),
          address: times(50, (i) => `2001:db8:${i}::/48`),
          asn: times(50, (i) => i + 1),
        },
        as: 'bot',
      },
      mustPass: true,
    },
  ],
  'POST /api/v1/links/{id}/qr': [
    { what: 'a logo of 1024 × 1024', body: { format: 'png', size: 2_048, logo: png(1_024) }, mustPass: true },
    { what: 'a logo of 20,000 × 20,000', body: { format: 'png', logo: png(20_000) } },
    { what: 'a logo that is none', body: { format: 'png', logo: `data:image/png;base64,${'A'.repeat(270_000)}` } },
  ],
  'GET /api/v1/links/{id}/qr': [
    { what: 'the largest picture', query: `format=png&size=2048&source=${'s'.repeat(64)}&level=H`, mustPass: true },
  ],
  'POST /api/v1/links/import': [
    { what: '8 MB of JSON objects', body: `[${'{},'.repeat(2_700_000)}{}]` },
    { what: '8 MB of nested JSON', body: '['.repeat(8_000_000) },
    { what: '8 MB of CSV cells', headers: csv, body: `url,slug\n${',,,,,,,\n'.repeat(1_000_000)}` },
    {
      what: '2,000 rows of CSV',
      headers: csv,
      query: 'dryRun=true',
      body: `url,slug\n${times(2_000, (i) => `https://x.example/${i},slug-${i}\n`).join('')}`,
      mustPass: true,
    },
  ],
  'POST /api/v1/conversions/import': [
    { what: '8 MB of CSV cells', headers: csv, body: `click_id,event\n${',,,,,,,\n'.repeat(1_000_000)}` },
    { what: '8 MB of one quoted cell', headers: csv, body: `click_id,event\n"${'a""'.repeat(2_700_000)}` },
    {
      what: '2,000 rows of CSV',
      headers: csv,
      query: 'dryRun=true',
      body: `click_id,event\n${times(2_000, (i) => `no-click-${i},ftd\n`).join('')}`,
      mustPass: true,
    },
  ],
  'POST /api/v1/conversions': [
    {
      what: 'the longest texts',
      body: { clickId: 'c'.repeat(200), eventType: 'ftd', txid: 't'.repeat(200), note: 'n'.repeat(500) },
    },
  ],
  'POST /api/v1/track': [
    { what: 'a body of 64 KiB', key: null, body: JSON.stringify({ key: 'x', event: 'e'.repeat(65_000) }) },
  ],
  'POST /api/v1/postbacks/replay': [{ what: 'everything', body: { filter: {}, dryRun: true }, mustPass: true }],
};

/** Requests without an API key; `{slug}` and `{key}` stand for a link with the most macros and for a network's keys. */
export const UNKEYED: (CostlyInput & { route: string; method: 'get' | 'post' })[] = [
  {
    route: 'GET /{slug}',
    method: 'get',
    what: 'a query of 15 KB for 330 macros',
    path: '/{slug}',
    query: `sub1=${'<'.repeat(15_000)}`,
  },
  { route: 'GET /{slug}', method: 'get', what: 'many parameters', path: '/{slug}', query: pairs(2_000) },
  {
    route: 'GET /{slug}',
    method: 'get',
    what: 'parameters that forward',
    path: '/{plain}',
    query: times(2_000, (i) => `p${i}=<`).join('&'),
  },
  { route: 'GET /{slug}', method: 'get', what: 'a path of many parts', path: `/${'a/'.repeat(7_000)}` },
  { route: 'GET /{slug}', method: 'get', what: 'a path of encoded bytes', path: `/${'%e2%80'.repeat(2_500)}` },
  {
    route: 'GET /{slug}',
    method: 'get',
    what: 'a long user agent',
    path: '/{slug}',
    headers: { 'user-agent': 'Mozilla/5.0 ('.repeat(1_000) },
  },
  {
    route: 'GET /{slug}',
    method: 'get',
    what: 'many languages',
    path: '/{slug}',
    headers: { 'accept-language': 'a-b;q=0.1,'.repeat(1_400) },
  },
  {
    route: 'GET /{slug}',
    method: 'get',
    what: 'many cookies',
    path: '/{slug}',
    headers: { cookie: 'a=b; '.repeat(2_800) },
  },
  {
    route: 'GET /{slug}',
    method: 'get',
    what: 'many proxies',
    path: '/{slug}',
    headers: { 'x-forwarded-for': '1.1.1.1,'.repeat(1_800) },
  },
  { route: 'GET /{slug}+', method: 'get', what: 'the preview of the largest link', path: '/{slug}+' },
  { route: 'GET /postback/{key}', method: 'get', what: 'encoded pairs', path: '/postback/{key}', query: pairs(2_200) },
  {
    route: 'GET /postback/{key}',
    method: 'get',
    what: 'a long amount',
    path: '/postback/{key}',
    query: `click_id=x&payout=${'1,'.repeat(7_000)}`,
  },
  {
    route: 'GET /postback/{key}',
    method: 'get',
    what: 'a long time',
    path: '/postback/{key}',
    query: `click_id=x&time=${'2026-'.repeat(2_900)}`,
  },
  {
    route: 'GET /postback/{key}',
    method: 'get',
    what: 'unfilled macros',
    path: '/postback/{key}',
    query: `click_id=${'{a}'.repeat(4_800)}`,
  },
  {
    route: 'GET /postback/{key}',
    method: 'get',
    what: 'entities',
    path: '/postback/{key}',
    query: 'click_id=x&amp;amp;payout=1&amp;'.repeat(450),
  },
  {
    route: 'POST /postback/{key}',
    method: 'post',
    what: 'a form of 64 KiB',
    path: '/postback/{key}',
    headers: form,
    body: pairs(9_000),
  },
  {
    route: 'POST /postback/{key}',
    method: 'post',
    what: 'nested JSON',
    path: '/postback/{key}',
    body: `{"a":${'{"a":'.repeat(5_500)}1${'}'.repeat(5_501)}`,
  },
  {
    route: 'POST /postback/{key}',
    method: 'post',
    what: 'JSON of numbers',
    path: '/postback/{key}',
    body: `{"a":[${'1,'.repeat(32_000)}1]}`,
  },
  {
    route: 'POST /postback/{key}',
    method: 'post',
    what: 'JSON of fields',
    path: '/postback/{key}',
    body: JSON.stringify(record(5_000, (i) => [`k${i}`, i])),
  },
  {
    route: 'POST /postback/{key}',
    method: 'post',
    what: 'a multipart form',
    path: '/postback/{key}',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: '--b\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n'.repeat(1_200),
  },
  {
    route: 'POST /postback/{key}',
    method: 'post',
    what: 'XML',
    path: '/postback/{key}',
    headers: { 'content-type': 'text/xml' },
    body: '<a b="c">'.repeat(7_000),
  },
  {
    route: 'POST /postback/{key}',
    method: 'post',
    what: 'characters of two bytes',
    path: '/postback/{key}',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=windows-1251' },
    body: `click_id=x&event=${'%d0%b0'.repeat(10_000)}`,
  },
  {
    route: 'GET /pixel/{key}.gif',
    method: 'get',
    what: 'encoded pairs',
    path: '/pixel/{pixel}.gif',
    query: pairs(2_200),
  },
  {
    route: 'POST /_/report',
    method: 'post',
    what: 'a form of 64 KiB',
    path: '/_/report',
    headers: form,
    body: `slug=x&reason=${'%61'.repeat(21_000)}`,
  },
  { route: 'GET /api/openapi.json', method: 'get', what: 'the document', path: '/api/openapi.json' },
  { route: 'GET /api/docs/…', method: 'get', what: 'its script', path: '/api/docs/swagger-ui-init.js' },
  { route: 'GET /metrics', method: 'get', what: 'all metrics', path: '/metrics' },
  { route: 'GET /health/ready', method: 'get', what: 'all dependencies', path: '/health/ready' },
];
