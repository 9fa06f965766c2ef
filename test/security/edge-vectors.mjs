#!/usr/bin/env node
/* oxlint-disable max-lines -- one list, and what plays it: a tool that runs as one file */
// Raw HTTP/1.1 vectors against Hopback's edge (src/edge), and the same against a plain node:http server.
//
//   node edge-vectors.mjs 127.0.0.1:3000 --self-ref                    # starts a reference node:http server by itself
//   node edge-vectors.mjs 127.0.0.1:3000 --ref 127.0.0.1:3999          # a reference that was started elsewhere
//   node edge-vectors.mjs --serve-ref 127.0.0.1:3999                   # only that reference
//   node edge-vectors.mjs 127.0.0.1:3000 --host go.example --slug summer --key POSTBACKKEY --pixel PIXELKEY
//   node edge-vectors.mjs 127.0.0.1:3000 --self-ref --splits           # one request and a pipelined pair, cut at every byte
//   node edge-vectors.mjs go.brand.com:443 --tls --host go.brand.com   # through the proxy
//
// Options: --only REGEX (name or group) · --slow (also those of more than 10 s) · --parallel N (default 4) · --settle MS
// (how long silence means "nothing more comes", default 600) · --json · --verbose (first bytes of every answer) · --list.
// --slug should be a link that exists (600 unknown links a minute are answered 404, then 429, which --splits runs into); for
// the `answer` group make it one whose template has macros, e.g. slug w/* → https://x.example/$1?a={sub1}&u={user_agent}&r={referrer} (then --slug w).
//
// Run it with the very Node version that the server runs on: the reference must have the server's llhttp.
//
// Each vector: what is sent, how many final answers there may be at most (more is a smuggled request), what must not stand in
// any answer (`forbid`), what the answers' statuses must look like where that is known (`want`). Afterwards, where the
// connection is still open, a probe (GET /health/live) is sent over it: an answer other than 200 means that both sides no
// longer agree where a request ends; "none" means that the server still waits for a body or for the rest of a head.
//
// Exit code: 0 nothing odd, 1 an alarm (ALARM lines), 2 wrong use. Differences to the reference are printed as DIFF;
// explained-differences.ts says why there are some.

import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ref: { type: 'string' },
    'self-ref': { type: 'boolean', default: false },
    'serve-ref': { type: 'string' },
    host: { type: 'string', default: 'localhost' },
    slug: { type: 'string', default: 'vector-slug' },
    key: { type: 'string', default: 'A'.repeat(24) },
    pixel: { type: 'string', default: 'B'.repeat(24) },
    only: { type: 'string' },
    slow: { type: 'boolean', default: false },
    splits: { type: 'boolean', default: false },
    tls: { type: 'boolean', default: false },
    parallel: { type: 'string', default: '4' },
    settle: { type: 'string', default: '600' },
    json: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const HOST = options.host;
const SLUG = `/${options.slug.replace(/^\//, '')}`;
const SETTLE_MS = Number(options.settle);
const CRLF = '\r\n';

// ---------------------------------------------------------------------------------------------------------------- vectors

/** A request's text: request line, header lines, body. */
const raw = (line, headers = [], body = '') => [line, ...headers, '', body].join(CRLF);
const H = `Host: ${HOST}`;
const get = (target, ...headers) => raw(`GET ${target} HTTP/1.1`, [H, ...headers]);
/** What a smuggled request would be: its answer is recognised, and it harms nobody. */
const SMUGGLED = raw('GET /health/live HTTP/1.1', [H, 'X-Smuggled: 1']);
const bytewise = (text) => ({ bytewise: text });
const wait = (ms) => ({ wait: ms });
const FIN = { fin: true };

/**
 * @typedef {{
 *   group: string, name: string,
 *   send: (string | { bytewise: string } | { wait: number } | { fin: true })[],
 *   max?: number,          // final answers at most; default 1
 *   methods?: string[],    // of the requests in their order, to know an answer to HEAD; default GET
 *   want?: RegExp,         // the statuses, joined by spaces
 *   forbid?: RegExp,       // in the answers
 *   note?: string, slow?: boolean, settle?: number
 * }} Vector
 */

/** @returns {Vector[]} */
function vectors() {
  const list = [];
  const add = (group, name, send, more = {}) => list.push({ group, name, send: [send].flat(), ...more });

  // Baselines.
  add('plain', 'GET', get(SLUG), { want: /^(?:30[12378]|404|403|410|200|429)$/ });
  add('plain', 'HEAD', raw(`HEAD ${SLUG} HTTP/1.1`, [H]), { methods: ['HEAD'] });
  add('plain', 'GET, Connection: close', get(SLUG, 'Connection: close'), { note: 'the connection must be closed' });
  add('plain', 'GET with 40 usual headers', get(SLUG, ...Array.from({ length: 40 }, (_, i) => `X-H${i}: v${i}`)));
  add('plain', 'postback GET', get(`/postback/${options.key}?click_id=x`), { want: /^(?:200|404|422|403|429|503)$/ });
  add('plain', 'postback HEAD', raw(`HEAD /postback/${options.key}?click_id=x HTTP/1.1`, [H]), {
    methods: ['HEAD'],
    note: 'must never make a conversion; look into the log',
  });

  // Cut anywhere.
  add('split', 'byte by byte', bytewise(get(SLUG, 'User-Agent: a', 'Accept: */*')));
  add('split', 'inside CRLFCRLF (3+1)', [get(SLUG).slice(0, -1), wait(20), '\n']);
  add('split', 'inside CRLFCRLF (1+3)', [get(SLUG).slice(0, -3), wait(20), '\n\r\n']);
  add('split', 'after the method', ['GET', wait(20), get(SLUG).slice(3)]);
  add('split', 'one letter first', ['G', wait(20), get(SLUG).slice(1)]);
  add('split', 'pipelined pair byte by byte', bytewise(get(SLUG) + get(SLUG)), { max: 2 });
  add('split', 'POST whose first 4 bytes look like none of ours', [
    'P',
    wait(20),
    'OST /api/v1/links HTTP/1.1',
    CRLF,
    H,
    CRLF,
    'Content-Length: 0',
    CRLF,
    CRLF,
  ]);

  // Framing: CL and TE.
  const chunked = `0${CRLF}${CRLF}`;
  add(
    'framing',
    'CL.TE: both',
    raw(`GET ${SLUG} HTTP/1.1`, [H, 'Content-Length: 5', 'Transfer-Encoding: chunked'], chunked + SMUGGLED),
    { max: 2, note: 'one 400, or two answers; never three; reference decides' },
  );
  add(
    'framing',
    'TE.CL: both, other order',
    raw(`GET ${SLUG} HTTP/1.1`, [H, 'Transfer-Encoding: chunked', 'Content-Length: 4'], chunked + SMUGGLED),
    { max: 2 },
  );
  add(
    'framing',
    'GET with TE: chunked',
    raw(`GET ${SLUG} HTTP/1.1`, [H, 'Transfer-Encoding: chunked'], chunked + SMUGGLED),
    { max: 2 },
  );
  add('framing', 'TE: xchunked', raw(`GET ${SLUG} HTTP/1.1`, [H, 'Transfer-Encoding: xchunked'], chunked + SMUGGLED), {
    max: 1,
  });
  add(
    'framing',
    'TE: chunked, identity',
    raw(`GET ${SLUG} HTTP/1.1`, [H, 'Transfer-Encoding: chunked, identity'], chunked),
    { max: 1 },
  );
  add(
    'framing',
    'TE twice',
    raw(`GET ${SLUG} HTTP/1.1`, [H, 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], chunked),
    { max: 1 },
  );
  add('framing', 'TE with a tab', raw(`GET ${SLUG} HTTP/1.1`, [H, 'Transfer-Encoding:\tchunked'], chunked + SMUGGLED), {
    max: 2,
  });
  add(
    'framing',
    'TE, space before the colon',
    raw(`GET ${SLUG} HTTP/1.1`, [H, 'Transfer-Encoding : chunked'], chunked),
    { max: 1, want: /^400$/ },
  );
  add('framing', 'TE folded', raw(`GET ${SLUG} HTTP/1.1`, [H, 'Transfer-Encoding:', ' chunked'], chunked), { max: 1 });
  add(
    'framing',
    'TE behind a folded line',
    raw(`GET ${SLUG} HTTP/1.1`, [H, 'X: a', ' Transfer-Encoding: chunked'], ''),
    { max: 1 },
  );
  add('framing', 'TE: VT chunked', raw(`GET ${SLUG} HTTP/1.1`, [H, 'Transfer-Encoding: \x0bchunked'], chunked), {
    max: 1,
    want: /^400$/,
  });
  add('framing', 'Content-Length: 0', get(SLUG, 'Content-Length: 0'));
  add('framing', 'GET with a body of 5', raw(`GET ${SLUG} HTTP/1.1`, [H, 'Content-Length: 5'], 'abcde'));
  add(
    'framing',
    'GET whose body is a request',
    raw(`GET ${SLUG} HTTP/1.1`, [H, `Content-Length: ${SMUGGLED.length}`], SMUGGLED),
    { max: 1, note: 'two answers: the body was taken for a request' },
  );
  add(
    'framing',
    'CL twice, equal',
    raw(`GET ${SLUG} HTTP/1.1`, [H, 'Content-Length: 5', 'Content-Length: 5'], 'abcde'),
    { max: 1 },
  );
  add(
    'framing',
    'CL twice, different',
    raw(`GET ${SLUG} HTTP/1.1`, [H, 'Content-Length: 5', 'Content-Length: 0'], SMUGGLED),
    { max: 1, want: /^400$/ },
  );
  for (const length of ['+5', '-1', '0x5', '5, 5', ' ', '5 5', '5;', '1e1', '18446744073709551621']) {
    add(
      'framing',
      `CL: ${JSON.stringify(length)}`,
      raw(`GET ${SLUG} HTTP/1.1`, [H, `Content-Length: ${length}`], 'abcde'),
      { max: 1 },
    );
  }
  add('framing', 'CL with a space before the colon', raw(`GET ${SLUG} HTTP/1.1`, [H, 'Content-Length : 5'], 'abcde'), {
    max: 1,
    want: /^400$/,
  });
  add('framing', 'Content_Length (CGI look-alike)', raw(`GET ${SLUG} HTTP/1.1`, [H, 'Content_Length: 5'], SMUGGLED), {
    max: 2,
  });
  const post = (headers, body) =>
    raw(
      `POST /postback/${options.key} HTTP/1.1`,
      [H, 'Content-Type: application/x-www-form-urlencoded', ...headers],
      body,
    );
  add('framing', 'chunk extension', post(['Transfer-Encoding: chunked'], `3;a=b${CRLF}a=b${CRLF}0${CRLF}${CRLF}`), {
    methods: ['POST'],
  });
  add(
    'framing',
    'chunk extension with a bare LF',
    post(['Transfer-Encoding: chunked'], `3;a\nb${CRLF}a=b${CRLF}0${CRLF}${CRLF}`),
    { methods: ['POST'], max: 1 },
  );
  add(
    'framing',
    'chunk extension of 64 KiB',
    post(['Transfer-Encoding: chunked'], `3;${'a'.repeat(65536)}${CRLF}a=b${CRLF}0${CRLF}${CRLF}`),
    { methods: ['POST'], max: 1 },
  );
  add(
    'framing',
    'chunk size is no number',
    post(['Transfer-Encoding: chunked'], `zz${CRLF}a=b${CRLF}0${CRLF}${CRLF}`),
    { methods: ['POST'], max: 1 },
  );
  add('framing', 'chunk size with 0x', post(['Transfer-Encoding: chunked'], `0x3${CRLF}a=b${CRLF}0${CRLF}${CRLF}`), {
    methods: ['POST'],
    max: 1,
  });
  add(
    'framing',
    'chunk size overflows',
    post(['Transfer-Encoding: chunked'], `FFFFFFFFFFFFFFFFF${CRLF}a=b${CRLF}0${CRLF}${CRLF}`),
    { methods: ['POST'], max: 1 },
  );
  add('framing', 'chunk data without its CRLF', post(['Transfer-Encoding: chunked'], `3${CRLF}a=b0${CRLF}${CRLF}`), {
    methods: ['POST'],
    max: 1,
  });
  add(
    'framing',
    'trailers',
    post(['Transfer-Encoding: chunked', 'Trailer: Host'], `3${CRLF}a=b${CRLF}0${CRLF}Host: evil.example${CRLF}${CRLF}`),
    { methods: ['POST'], max: 1 },
  );

  // Lines and bytes.
  add('lines', 'bare LF throughout', get(SLUG).replaceAll('\r\n', '\n'), { max: 1 });
  add('lines', 'bare LF after the request line', get(SLUG, 'X: y').replace('\r\n', '\n'), { max: 1 });
  add(
    'lines',
    'bare LF in a header, request behind it',
    raw(`GET ${SLUG} HTTP/1.1`, [H, `X: y\nTransfer-Encoding: chunked`], ''),
    { max: 1 },
  );
  add('lines', 'bare CR in a value', get(SLUG, 'X: a\rb'), { max: 1, want: /^400$/ });
  add('lines', 'ends with LF LF', `${get(SLUG).slice(0, -4)}\n\n`, { max: 1 });
  add('lines', 'ends with CRLF LF', `${get(SLUG).slice(0, -2)}\n`, { max: 1 });
  add('lines', 'folded header', get(SLUG, 'X: a', ' b'), { max: 1 });
  add('lines', 'first header folded', raw(`GET ${SLUG} HTTP/1.1`, [' X: a', H]), { max: 1 });
  add('lines', 'NUL in a value', get(SLUG, 'X: a\0b'), { max: 1, want: /^400$/ });
  add('lines', 'NUL in the target', get(`${SLUG}\0x`), { max: 1, want: /^(?:30\d|404|429)$/, note: 'read as %00' });
  add('lines', 'DEL in a value', get(SLUG, 'X: a\x7fb'), { max: 1 });
  add('lines', 'control character in a value', get(SLUG, 'X: a\x01b'), { max: 1 });
  add(
    'lines',
    'high bytes in a value',
    get(SLUG, 'User-Agent: \xe9\xff\x80', 'Referer: https://x.example/\xc3\xa9'),
    {},
  );
  add('lines', 'high bytes in the target', get('/\xc3\xa9t\xc3\xa9'), { max: 1 });
  add('lines', 'tab in the target', get(`${SLUG}\tx`), { max: 1, note: 'read as %09' });
  add('lines', 'space in the target', get(`${SLUG} x`), { max: 1, want: /^(?:30\d|404|429)$/, note: 'read as %20' });
  add('lines', '# in the target', get(`${SLUG}#x`), { max: 1 });
  add('lines', 'two spaces after the method', raw(`GET  ${SLUG} HTTP/1.1`, [H]), { max: 1 });
  add('lines', 'header without a colon', get(SLUG, 'nonsense'), { max: 1, want: /^400$/ });
  add('lines', 'header without a name', get(SLUG, ': x'), { max: 1, want: /^400$/ });
  add('lines', 'odd character in a name', get(SLUG, 'X(y): z'), { max: 1, want: /^400$/ });
  add('lines', 'tab before the colon', get(SLUG, 'X\t: z'), { max: 1, want: /^400$/ });
  add('lines', 'leading CRLFs', `${CRLF}${CRLF}${get(SLUG)}`, { max: 1 });
  add('lines', 'one leading CR', `\r${get(SLUG)}`, { max: 1 });

  // Host.
  add('host', 'none', raw(`GET ${SLUG} HTTP/1.1`, ['X: y']), { max: 1, want: /^400$/ });
  add('host', 'no header at all', raw(`GET ${SLUG} HTTP/1.1`), { max: 1, want: /^400$/ });
  add('host', 'empty', raw(`GET ${SLUG} HTTP/1.1`, ['Host:']), { max: 1 });
  add('host', 'twice, equal', raw(`GET ${SLUG} HTTP/1.1`, [H, H]), {
    max: 1,
    want: /^400$/,
    note: 'RFC 9112 3.2; Node takes the first',
  });
  add('host', 'twice, different', raw(`GET ${SLUG} HTTP/1.1`, [H, 'Host: evil.example']), {
    max: 1,
    want: /^400$/,
    note: 'RFC 9112 3.2',
  });
  add('host', 'twice, different, evil first', raw(`GET ${SLUG} HTTP/1.1`, ['Host: evil.example', H]), {
    max: 1,
    want: /^400$/,
  });
  add('host', 'behind a folded line', raw(`GET ${SLUG} HTTP/1.1`, ['X: y', ` ${H}`]), { max: 1 });
  for (const value of [`${HOST}.`, HOST.toUpperCase(), `\t${HOST}\t`, `${HOST}:`, `${HOST}:443`]) {
    add('host', JSON.stringify(value), raw(`GET ${SLUG} HTTP/1.1`, [`Host: ${value}`]), { max: 1 });
  }
  for (const value of [
    `${HOST}:80@evil.example`,
    `${HOST}:x`,
    `evil.example/${HOST}`,
    `${HOST}, evil.example`,
    `[::1]${HOST}`,
    `a b`,
    `${HOST}\xff`,
  ]) {
    add('host', JSON.stringify(value), raw(`GET ${SLUG} HTTP/1.1`, [`Host: ${value}`]), { max: 1, want: /^400$/ });
  }
  add(
    'host',
    'X-Forwarded-Host is not believed',
    get(SLUG, 'X-Forwarded-Host: evil.example', 'Forwarded: host=evil.example'),
    { forbid: /evil\.example/ },
  );

  // Targets and methods.
  add('target', 'absolute-form, same host', get(`http://${HOST}${SLUG}`), {
    max: 1,
    want: /^(?:30[12378]|404|403|410|200|429)$/,
    note: 'RFC 9112 3.2.2: must be served as origin-form',
  });
  add('target', 'absolute-form, other host', get(`http://evil.example${SLUG}`), {
    max: 1,
    want: /^(?:404|429)$/,
    note: 'the host of the target goes before the header',
  });
  add('target', 'absolute-form, /metrics', get(`http://${HOST}/metrics`), { max: 1 });
  add('target', '//evil.example/', get('//evil.example/'), { forbid: /^location: *\/\/evil/im });
  add('target', '/\\evil.example', get('/\\evil.example'), { forbid: /^location: *\/\\/im });
  add('target', 'CONNECT', raw(`CONNECT ${HOST}:443 HTTP/1.1`, [H]), { max: 1, methods: ['CONNECT'] });
  add('target', 'OPTIONS *', raw('OPTIONS * HTTP/1.1', [H]), { max: 1 });
  add('target', 'GET *', raw('GET * HTTP/1.1', [H]), { max: 1 });
  add('target', 'TRACE', raw(`TRACE ${SLUG} HTTP/1.1`, [H, 'X-Secret: s3cr3t']), { max: 1, forbid: /s3cr3t/ });
  add('target', 'lower-case method', raw(`get ${SLUG} HTTP/1.1`, [H]), {
    max: 1,
    want: /^(?:30\d|404|410|403|200|429)$/,
  });
  add('target', 'unknown method', raw(`FOO ${SLUG} HTTP/1.1`, [H]), { max: 1, want: /^400$/ });
  add('target', 'DELETE of a short link', raw(`DELETE ${SLUG} HTTP/1.1`, [H]), { max: 1 });
  add('target', 'HTTP/1.0', raw(`GET ${SLUG} HTTP/1.0`, [H]), { max: 1, note: 'the connection is to be closed' });
  add('target', 'HTTP/1.0 keep-alive', raw(`GET ${SLUG} HTTP/1.0`, [H, 'Connection: keep-alive']), { max: 1 });
  add('target', 'HTTP/1.2', raw(`GET ${SLUG} HTTP/1.2`, [H]), { max: 1 });
  add('target', 'HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', { max: 1 });
  add('target', 'HTTP/0.9', `GET ${SLUG}\r\n`, { max: 1 });
  add('target', 'TLS ClientHello', '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03', { max: 1 });
  add('target', '/%6detrics', get('/%6detrics'), { note: 'direct: metrics; through the proxy: 404' });
  add('target', '/metrics;x', get('/metrics;x'), { forbid: /hopback_/ });
  add('target', '//metrics', get('//metrics'), { forbid: /hopback_/ });
  add('target', '/METRICS', get('/METRICS'), { forbid: /hopback_/ });
  add('target', '/metrics%2f', get('/metrics%2f'), { forbid: /hopback_/ });
  add('target', '/x/../metrics', get('/x/../metrics'), { forbid: /hopback_/ });
  add(
    'target',
    '/internal/tls-allow with X-Forwarded-For',
    get(`/internal/tls-allow?domain=${HOST}`, 'X-Forwarded-For: 127.0.0.1'),
    { want: /^(?:40[134]|429)$/, note: 'a forwarded request must be refused' },
  );

  // Location and other answers.
  const noInjection = { forbid: /^x-injected:|^set-cookie: *injected/im, max: 1 };
  add(
    'answer',
    'CRLF in the query',
    get(`${SLUG}?sub1=a%0d%0aX-Injected:%201&b=%0d%0a%0d%0aHTTP/1.1%20200%20OK`),
    noInjection,
  );
  add('answer', 'CRLF in the slug', get(`${SLUG}%0d%0aX-Injected:%201`), noInjection);
  add(
    'answer',
    'U+010D U+010A in the query (latin1 cut gives CR LF)',
    get(`${SLUG}?sub1=%C4%8D%C4%8AX-Injected:%201`),
    noInjection,
  );
  add(
    'answer',
    'U+560D U+560A in slug and query',
    get(`${SLUG}%E5%98%8D%E5%98%8AX-Injected:1?a=%E5%98%8D%E5%98%8AX-Injected:1`),
    noInjection,
  );
  add(
    'answer',
    'CRLF in headers that macros read',
    get(
      `${SLUG}?x=1`,
      'User-Agent: a%0d%0aX-Injected: 1',
      'Referer: https://x/%0d%0aX-Injected: 1',
      'Accept-Language: de%0d%0aX-Injected',
    ),
    { max: 1, forbid: /^x-injected:/im },
  );
  add('answer', 'wildcard: dot segments', get(`${SLUG}/../../admin`), { forbid: /^location: .*\/\.\.\//im });
  add('answer', 'wildcard: encoded dot segments', get(`${SLUG}/%2e%2e/%2E./admin`), {
    forbid: /^location: .*\/\.\.(?:\/|$)/im,
  });
  add('answer', 'wildcard: @ and backslash', get(`${SLUG}/@evil.example/%5c%5cevil.example`), {
    forbid: /^location: *https?:\/\/[^/]*@/im,
  });
  add('answer', 'broken percent-encoding', get(`${SLUG}%zz%?a=%&b=%c3`), { want: /^(?:30\d|404|410|403|200|429)$/ });
  add('answer', 'overlong UTF-8', get(`/%c0%af%c0%ae?x=%c0%8d%c0%8a`), { max: 1 });
  add('answer', 'lone surrogate in UTF-8', get(`${SLUG}?sub1=%ed%a0%80`), { want: /^(?:30\d|404|410|403|200|429)$/ });
  add('answer', 'X-Request-Id is not echoed when odd', get(`/postback/${options.key}`, 'X-Request-Id: a b\xe9<x>'), {
    forbid: /x-request-id: a b/i,
  });
  add('answer', 'cookie with odd bytes', get(SLUG, 'Cookie: hopback_unlock=\xff"; a=b; ;; =x'), {});

  // More than one request.
  add('pipeline', 'two', get(SLUG) + get(SLUG), { max: 2, want: /^\d+ \d+$/ });
  add('pipeline', 'three, HEAD in the middle', get(SLUG) + raw(`HEAD ${SLUG} HTTP/1.1`, [H]) + get(SLUG), {
    max: 3,
    methods: ['GET', 'HEAD', 'GET'],
    want: /^\d+ \d+ \d+$/,
  });
  add('pipeline', 'short link, then API in the same segment', get(SLUG) + get('/health/live'), {
    max: 2,
    want: /^\d+ 200$/,
  });
  add('pipeline', 'short link, then API in the next segment', [get(SLUG), wait(1), get('/health/live')], {
    max: 2,
    want: /^\d+ 200$/,
  });
  add(
    'pipeline',
    'postback (asynchronous), then two short links',
    [get(`/postback/${options.key}?a=b`), get(SLUG), get(SLUG)],
    { max: 3, want: /^\d+ \d+ \d+$/ },
  );
  add('pipeline', 'postback, then API', [get(`/postback/${options.key}?a=b`), wait(1), get('/health/live')], {
    max: 2,
    want: /^\d+ 200$/,
  });
  add('pipeline', 'close, then another', get(SLUG, 'Connection: close') + get(SLUG), {
    max: 1,
    note: 'nothing after close may be answered',
  });
  add('pipeline', 'close, then another in the next segment', [get(SLUG, 'Connection: close'), wait(1), get(SLUG)], {
    max: 1,
  });
  add('pipeline', 'request and half of the next', [get(SLUG) + get(SLUG).slice(0, 20), wait(50), get(SLUG).slice(20)], {
    max: 2,
    want: /^\d+ \d+$/,
  });
  add('pipeline', 'request and garbage', `${get(SLUG)}\0\0\0`, { max: 2 });
  add('pipeline', '200 in one segment', get(SLUG).repeat(200), {
    max: 200,
    settle: 1500,
    note: 'rate limits may answer 429; their number must be 200',
  });
  add(
    'pipeline',
    'POST, then a short link',
    raw(`POST /postback/${options.key} HTTP/1.1`, [H, 'Content-Length: 3'], 'a=b') + get(SLUG),
    { max: 2, methods: ['POST', 'GET'], want: /^\d+ \d+$/ },
  );

  // Connection header and what changes the protocol.
  for (const value of [
    'close\t',
    ' close',
    'Close',
    'keep-alive, close',
    'close, keep-alive',
    'upgrade',
    'te',
    '',
    'keep-alive\t',
    'x-forwarded-for',
  ]) {
    add('connection', JSON.stringify(value), get(SLUG, `Connection: ${value}`), { max: 1 });
  }
  add('connection', 'twice', get(SLUG, 'Connection: keep-alive', 'Connection: close'), { max: 1 });
  add('connection', 'Proxy-Connection: close', get(SLUG, 'Proxy-Connection: close'), { max: 1 });
  add(
    'connection',
    'Upgrade: websocket',
    get(
      SLUG,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      'Sec-WebSocket-Version: 13',
    ),
    { max: 1 },
  );
  add(
    'connection',
    'Upgrade: h2c',
    get(SLUG, 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA'),
    { max: 1, forbid: /^HTTP\/1\.1 101/m },
  );
  add('connection', 'Upgrade without Connection', get(SLUG, 'Upgrade: h2c'), { max: 1 });
  add('connection', 'Expect: 100-continue', get(SLUG, 'Expect: 100-continue'), { max: 1 });
  add('connection', 'Expect: something', get(SLUG, 'Expect: something'), { max: 1 });
  add(
    'connection',
    'Expect: 100-continue, body never comes',
    raw(`POST /postback/${options.key} HTTP/1.1`, [H, 'Expect: 100-continue', 'Content-Length: 1000000000']),
    { max: 1, methods: ['POST'], want: /^413$/ },
  );

  // Limits.
  add('limits', 'head of 16384 bytes', padded(16384), { max: 1 });
  add('limits', 'head of 16385 bytes', padded(16385), { max: 1 });
  add('limits', 'head of 20 KiB', padded(20 * 1024), { max: 1, want: /^431$/ });
  add('limits', 'target of 15 KiB', get(`/${'a'.repeat(15 * 1024)}`), {
    max: 1,
    note: 'no slug is that long: it costs no look-up',
  });
  add('limits', '999 headers', get(SLUG, ...Array.from({ length: 998 }, (_, i) => `a${i}:`)), { max: 1 });
  add('limits', '1001 headers', get(SLUG, ...Array.from({ length: 1000 }, (_, i) => `a${i}:`)), { max: 1 });
  add(
    'limits',
    '2100 headers, Host last',
    raw(`GET ${SLUG} HTTP/1.1`, [...Array.from({ length: 2100 }, () => 'a:'), H]),
    { max: 1, note: 'Node drops headers behind maxHeadersCount: no Host then' },
  );
  add('limits', '7000 parameters in the query', get(`${SLUG}?${'a&'.repeat(7000)}`), { max: 1 });
  add('limits', '15 KiB of < in the query (Location grows threefold)', get(`${SLUG}?sub1=${'<'.repeat(15_000)}`), {
    max: 1,
  });
  add('limits', 'X-Forwarded-For of 15 KiB', get(SLUG, `X-Forwarded-For: ${'1.2.3.4,'.repeat(1900)}`), { max: 1 });
  add('limits', 'X-Forwarded-For twice', get(SLUG, 'X-Forwarded-For: 203.0.113.9', 'X-Forwarded-For: 127.0.0.1'), {
    max: 1,
  });

  // Half-closed and lost connections.
  add('ends', 'FIN right after the request', [get(SLUG), FIN], {
    max: 1,
    want: /^\d+$/,
    note: 'must be answered, then closed',
  });
  add('ends', 'FIN after a postback', [get(`/postback/${options.key}?a=b`), FIN], { max: 1, want: /^\d+$/ });
  add('ends', 'FIN after two requests', [get(SLUG) + get(SLUG), FIN], { max: 2, want: /^\d+ \d+$/ });
  add('ends', 'FIN after postback and short link', [get(`/postback/${options.key}?a=b`) + get(SLUG), FIN], {
    max: 2,
    want: /^\d+ \d+$/,
  });
  add('ends', 'FIN after three postbacks', [get(`/postback/${options.key}?a=b`).repeat(3), FIN], {
    max: 3,
    want: /^\d+ \d+ \d+$/,
  });
  add('ends', 'FIN after a short link and a postback', [get(SLUG) + get(`/postback/${options.key}?a=b`), FIN], {
    max: 2,
    want: /^\d+ \d+$/,
  });
  add(
    'ends',
    'FIN after a postback and an API request',
    [get(`/postback/${options.key}?a=b`) + get('/health/ready'), FIN],
    { max: 2, want: /^\d+ \d+$/ },
  );
  add('ends', 'half a head behind a postback, then FIN', [`${get(`/postback/${options.key}?a=b`)}GET /x HT`, FIN], {
    max: 2,
    want: /^(?:200|404|422) 400$/,
  });
  add('ends', 'no HTTP behind a postback', [`${get(`/postback/${options.key}?a=b`)}\0\0\0`], {
    max: 2,
    want: /^(?:200|404|422) 400$/,
    note: 'the postback must be answered first',
  });
  add('ends', 'FIN inside the head', [get(SLUG).slice(0, 20), FIN], { max: 1 });
  add('ends', 'FIN without a byte', [FIN], { max: 0 });
  add(
    'ends',
    'FIN inside a body',
    [raw(`POST /postback/${options.key} HTTP/1.1`, [H, 'Content-Length: 10'], 'a=b'), FIN],
    { max: 1, methods: ['POST'] },
  );
  add('ends', 'half a head, 3 s of silence', [get(SLUG).slice(0, 30), wait(3_000), get(SLUG).slice(30)], { max: 1 });

  // What the router and the body parsers do with odd paths.
  const json = '{"click_id":"x","event":"registration"}';
  const jsonPost = (path) =>
    raw(`POST ${path} HTTP/1.1`, [H, 'Content-Type: application/json', `Content-Length: ${json.length}`], json);
  add('parser', 'POST /postback', jsonPost(`/postback/${options.key}`), { methods: ['POST'] });
  add('parser', 'POST /%70ostback', jsonPost(`/%70ostback/${options.key}`), {
    methods: ['POST'],
    note: 'must answer as the line before',
  });
  add('parser', 'POST absolute-form /postback', jsonPost(`http://${HOST}/postback/${options.key}`), {
    methods: ['POST'],
    note: 'must answer as the one before',
  });
  const nested = `{"click_id":"x","a":${'{"a":'.repeat(5_500)}1${'}'.repeat(5_500)}}`;
  add(
    'parser',
    'POST /postback, JSON nested 5500 deep',
    raw(
      `POST /postback/${options.key} HTTP/1.1`,
      [H, 'Content-Type: application/json', `Content-Length: ${nested.length}`],
      nested,
    ),
    { methods: ['POST'], max: 1, note: 'needs --key of a network; 422 is right' },
  );
  const proto = '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"click_id":"x"}';
  add(
    'parser',
    'POST /postback with __proto__',
    raw(
      `POST /postback/${options.key} HTTP/1.1`,
      [H, 'Content-Type: application/json', `Content-Length: ${proto.length}`],
      proto,
    ),
    { methods: ['POST'], max: 1, forbid: /^HTTP\/1\.1 500/m },
  );
  add('parser', 'pixel', get(`/pixel/${options.pixel}.gif?click_id=x&event=registration`), { max: 1 });
  add('parser', 'pixel with 7000 parameters', get(`/pixel/${options.pixel}.gif?${'a&'.repeat(7_000)}`), { max: 1 });

  // Slow.
  add('slow', 'a connection that says nothing', [wait(82_000)], {
    max: 0,
    slow: true,
    note: 'must be closed after 15 to 20 s',
  });
  add(
    'slow',
    'a head, one byte each 5 s',
    [...get(SLUG, 'User-Agent: slow')].flatMap((c) => [c, wait(5_000)]).slice(0, 40),
    { max: 1, slow: true, note: 'must be cut off after 15 to 20 s' },
  );
  add('slow', 'silence after one answer', [get(SLUG), wait(82_000)], { max: 1, slow: true });

  return list;
}

/** A request whose head has exactly so many bytes. */
function padded(bytes) {
  const empty = get(SLUG, 'X-Pad: ');
  return get(SLUG, `X-Pad: ${'p'.repeat(bytes - empty.length)}`);
}

// ----------------------------------------------------------------------------------------------------------------- sending

/** Sends a vector. @returns what came back and what became of the connection. */
async function play(address, { send, methods = [], settle = SETTLE_MS }) {
  const pieces = [];
  let fate;
  let lastAt = performance.now();
  const begin = performance.now();
  const socket =
    options.tls && !address.isReference
      ? tls.connect({
          host: address.host,
          port: address.port,
          servername: net.isIP(HOST) ? undefined : HOST,
          rejectUnauthorized: false,
        })
      : net.connect({ host: address.host, port: address.port, allowHalfOpen: true });
  socket.setNoDelay(true);
  const ms = () => Math.round(performance.now() - begin);
  socket.on('data', (piece) => {
    pieces.push(piece);
    lastAt = performance.now();
  });
  socket.on('end', () => (fate ??= `FIN ${ms()} ms`));
  socket.on(
    'error',
    (error) => (fate ??= error.code === 'ECONNRESET' ? `RST ${ms()} ms` : (error.code ?? error.message)),
  );
  socket.on('close', () => (fate ??= `closed ${ms()} ms`));
  await new Promise((resolve) => {
    socket.once(options.tls && !address.isReference ? 'secureConnect' : 'connect', resolve);
    socket.once('close', resolve);
  });

  const write = (text) => fate === undefined && socket.writable && socket.write(Buffer.from(text, 'latin1'));
  for (const step of send) {
    if (fate !== undefined) break;
    if (typeof step === 'string') {
      write(step);
    } else if (step.bytewise !== undefined) {
      for (const byte of step.bytewise) {
        if (!write(byte)) break;
        await sleep(1);
      }
    } else if (step.wait !== undefined) {
      for (let left = step.wait; left > 0 && fate === undefined; left -= 250) await sleep(Math.min(left, 250));
    } else if (step.fin) {
      socket.end();
    }
  }
  lastAt = performance.now();
  while (fate === undefined && performance.now() - lastAt < settle) await sleep(10);
  if (fate !== undefined) await sleep(10);
  const answers = readAnswers(Buffer.concat(pieces), methods);
  const outcome = { ...answers, fate: fate === undefined ? 'open' : fate, probe: undefined };

  if (fate === undefined && socket.writable && !send.includes(FIN)) {
    const before = pieces.length;
    write(raw('GET /health/live HTTP/1.1', [H, 'Connection: close']));
    const asked = performance.now();
    while (fate === undefined && performance.now() - asked < 1_000) await sleep(10);
    const { finals } = readAnswers(Buffer.concat(pieces.slice(before)), []);
    outcome.probe = finals.length === 0 ? 'none' : finals.map(({ status }) => status).join(' ');
  }
  socket.destroy();
  return outcome;
}

/** Reads answers as strictly as a proxy should; what is odd about them is said. */
function readAnswers(bytes, methods) {
  const text = bytes.toString('latin1');
  const finals = [];
  const interim = [];
  const oddities = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\r\n\r\n', at);
    const [, status] = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(text.slice(at, at + 20)) ?? [];
    if (end < 0 || status === undefined) {
      oddities.push(`${text.length - at} bytes that are no answer: ${JSON.stringify(text.slice(at, at + 60))}`);
      break;
    }
    const lines = text.slice(at, end).split('\r\n');
    if (lines.some((line) => /[\r\n\0]/.test(line))) oddities.push('a bare CR, LF or NUL in a head');
    const headers = new Map();
    for (const line of lines.slice(1)) {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[\t ]*(.*?)[\t ]*$/s.exec(line) ?? [];
      if (name === undefined) {
        oddities.push(`a header line that is none: ${JSON.stringify(line.slice(0, 60))}`);
        continue;
      }
      const key = name.toLowerCase();
      if (headers.has(key) && ['location', 'content-length', 'transfer-encoding', 'content-type'].includes(key)) {
        oddities.push(`${key} twice`);
      }
      headers.set(key, value);
    }
    at = end + 4;
    const answer = { status: Number(status), headers, body: '' };
    if (answer.status >= 100 && answer.status < 200) {
      interim.push(answer.status);
      if (answer.status === 101) break;
      continue;
    }
    const method = methods[finals.length] ?? 'GET';
    finals.push(answer);
    if (method === 'HEAD' || answer.status === 204 || answer.status === 304) continue;
    if (/chunked/i.test(headers.get('transfer-encoding') ?? '')) {
      let isOver = false;
      while (!isOver) {
        const sizeEnd = text.indexOf('\r\n', at);
        const size = sizeEnd < 0 ? Number.NaN : Number.parseInt(text.slice(at, sizeEnd), 16);
        if (Number.isNaN(size)) {
          oddities.push('a chunk that does not end');
          at = text.length;
          break;
        }
        answer.body += text.slice(sizeEnd + 2, sizeEnd + 2 + size);
        at = sizeEnd + 2 + size + 2;
        isOver = size === 0;
      }
    } else if (headers.has('content-length')) {
      const length = Number(headers.get('content-length'));
      if (at + length > text.length) oddities.push(`a body of ${text.length - at} bytes that was to have ${length}`);
      answer.body = text.slice(at, at + length);
      at += length;
    } else {
      answer.body = text.slice(at);
      at = text.length;
    }
  }
  return { text, finals, interim, oddities };
}

// --------------------------------------------------------------------------------------------------------------- reference

/** Answers every request that Node's parser reads with what it read. */
function referenceServer() {
  return http.createServer({ keepAliveTimeout: 75_000, headersTimeout: 80_000 }, (request, response) => {
    let length = 0;
    request.on('data', (piece) => (length += piece.length));
    request.on('end', () => {
      const { method, url, headers } = request;
      const body = JSON.stringify({
        method,
        url: url.slice(0, 200),
        host: headers.host,
        headers: Object.keys(headers).length,
        body: length,
      });
      response.setHeader('content-type', 'application/json');
      response.end(body);
    });
    request.on('error', () => undefined);
  });
}

async function listen(server, host, port) {
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { ...server.address(), host: server.address().address, isReference: true };
}

function addressOf(text) {
  const [, host, port] = /^\[?([^\]]*)\]?:(\d+)$/.exec(text ?? '') ?? [];
  if (host === undefined) {
    process.stderr.write(
      'usage: node edge-vectors.mjs HOST:PORT [--self-ref | --ref HOST:PORT] …; see the top of this file\n',
    );
    process.exit(2);
  }
  return { host, port: Number(port) };
}

// -------------------------------------------------------------------------------------------------------------- comparison

const REFUSALS = new Set([400, 408, 413, 417, 431, 501, 505]);

/** An answer of the parser (refused) or of the program behind it (parsed): more the reference can not tell. */
function classOf({ status, headers }) {
  return REFUSALS.has(status) && /close/i.test(headers.get('connection') ?? '') ? `refused ${status}` : 'parsed';
}

const isOpen = ({ fate }) => fate === 'open';

function differences(target, reference) {
  const found = [];
  const classes = ({ finals }) => finals.map(classOf).join(', ') || 'nothing';
  if (classes(target) !== classes(reference)) found.push(`answers: ${classes(target)} | ${classes(reference)}`);
  if (isOpen(target) !== isOpen(reference)) found.push(`connection: ${target.fate} | ${reference.fate}`);
  const isLimited = /^(?:429|503)$/.test(target.probe ?? '');
  if (isOpen(target) && isOpen(reference) && target.probe !== reference.probe && !isLimited) {
    found.push(`probe: ${target.probe} | ${reference.probe}`);
  }
  if (target.interim.join() !== reference.interim.join())
    found.push(`interim: ${target.interim.join() || '-'} | ${reference.interim.join() || '-'}`);
  return found;
}

/** @param reference where there is one: what Node does as well with a connection is no alarm. */
function alarms({ max = 1, want, forbid }, { text, finals, oddities, probe }, reference) {
  const found = [...oddities];
  const statuses = finals.map(({ status }) => status).join(' ');
  if (finals.length > max) found.push(`${finals.length} answers, ${max} at most: a smuggled request?`);
  if (want !== undefined && !want.test(statuses)) found.push(`statuses "${statuses}" are not ${want}`);
  if (forbid !== undefined && forbid.test(text))
    found.push(`the answer has ${forbid}: ${JSON.stringify(forbid.exec(text)[0])}`);
  if (finals.some(({ status }) => status >= 500 && status !== 501 && status !== 503 && status !== 505))
    found.push(`a ${statuses}`);
  const isAsNode = reference !== undefined && reference.probe === probe;
  if (probe !== undefined && probe !== 'none' && !isAsNode && !/^(?:200|429|503)$/.test(probe))
    found.push(`the probe was answered ${probe}: out of step`);
  return found;
}

function summary({ finals, interim, fate, probe }) {
  const runs = [];
  for (const { status } of finals) {
    if (runs.at(-1)?.status === status) runs.at(-1).count++;
    else runs.push({ status, count: 1 });
  }
  const statuses =
    runs.map(({ status, count }) => (count > 1 ? `${status}×${count}` : status)).join(' ') || 'no answer';
  return `${interim.length > 0 ? `(${interim.join()}) ` : ''}${statuses}, ${fate}${probe === undefined ? '' : `, probe ${probe}`}`;
}

function detail({ finals }) {
  return finals.slice(0, 3).map(({ headers, body }) => {
    const location = headers.get('location');
    return location === undefined
      ? body.slice(0, 140).trim()
      : `→ ${location.slice(0, 140)}${location.length > 140 ? ` … (${location.length})` : ''}`;
  });
}

async function inParallel(items, width, work) {
  const queue = [...items.entries()];
  const results = [];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next[0]] = await work(next[1]);
    }),
  );
  return results;
}

/** The same request in two pieces, cut at each byte: the answers must be those of the whole. */
async function playSplits(target) {
  const texts = {
    'one request': { text: get(SLUG, 'User-Agent: split', 'Connection: close'), methods: ['GET'] },
    'a pair': { text: get(SLUG) + raw(`HEAD ${SLUG} HTTP/1.1`, [H, 'Connection: close']), methods: ['GET', 'HEAD'] },
    'short link, then API': { text: get(SLUG) + get('/health/live', 'Connection: close'), methods: ['GET', 'GET'] },
  };
  let bad = 0;
  for (const [name, { text, methods }] of Object.entries(texts)) {
    const shape = ({ finals, oddities }) =>
      `${finals.map(({ status, body }) => `${status}/${body.length}`).join(' ')}${oddities.join()}`;
    const expected = shape(await play(target, { send: [text], methods }));
    const cuts = Array.from({ length: text.length - 1 }, (_, i) => i + 1);
    const shapes = await inParallel(cuts, Number(options.parallel), async (cut) =>
      shape(await play(target, { send: [text.slice(0, cut), wait(4), text.slice(cut)], methods })),
    );
    const odd = cuts.filter((_, i) => shapes[i] !== expected);
    bad += odd.length;
    process.stdout.write(
      `split ${name}: ${cuts.length} cuts, whole: ${expected}; ${odd.length === 0 ? 'all the same' : `ALARM other at ${odd.map((cut) => `${cut} (${shapes[cut - 1]})`).join(', ')}`}\n`,
    );
  }
  return bad;
}

// -------------------------------------------------------------------------------------------------------------------- main

async function main() {
  if (options['serve-ref'] !== undefined) {
    const { host, port } = addressOf(options['serve-ref']);
    const address = await listen(referenceServer(), host, port);
    process.stdout.write(`reference node:http of Node ${process.version} on ${address.host}:${address.port}\n`);
    return;
  }
  const wanted = options.only === undefined ? undefined : new RegExp(options.only, 'i');
  const chosen = vectors().filter(
    ({ group, name, slow }) => (!slow || options.slow) && (wanted === undefined || wanted.test(`${group}: ${name}`)),
  );
  if (options.list) {
    for (const { group, name } of chosen) process.stdout.write(`${group}: ${name}\n`);
    return;
  }
  const target = addressOf(positionals[0]);
  const own = options['self-ref'] ? referenceServer() : undefined;
  const reference =
    own !== undefined
      ? await listen(own, '127.0.0.1', 0)
      : options.ref === undefined
        ? undefined
        : { ...addressOf(options.ref), isReference: true };
  const tell = (text) => options.json || process.stdout.write(text);
  tell(
    `${chosen.length} vectors, Node ${process.version}, target ${positionals[0]}, reference ${reference === undefined ? 'none' : `${reference.host}:${reference.port}`}\n\n`,
  );

  let alarmed = 0;
  let differing = 0;
  const report = [];
  await inParallel(chosen, Number(options.parallel), async (vector) => {
    const [ours, theirs] = await Promise.all([play(target, vector), reference && play(reference, vector)]);
    const bad = alarms(vector, ours, theirs);
    const others = theirs === undefined ? [] : differences(ours, theirs);
    if (bad.length > 0) alarmed++;
    if (others.length > 0) differing++;
    const lines = [`${vector.group}: ${vector.name}`, `    target     ${summary(ours)}`];
    if (theirs !== undefined) lines.push(`    reference  ${summary(theirs)}`);
    if (options.verbose) {
      for (const text of detail(ours)) lines.push(`    target>    ${text}`);
      if (theirs !== undefined) for (const text of detail(theirs)) lines.push(`    reference> ${text}`);
    }
    for (const text of bad) lines.push(`    ALARM      ${text}`);
    for (const text of others) lines.push(`    DIFF       ${text}`);
    if (vector.note !== undefined && (options.verbose || bad.length > 0 || others.length > 0))
      lines.push(`    note       ${vector.note}`);
    report.push({
      vector: `${vector.group}: ${vector.name}`,
      target: summary(ours),
      reference: theirs && summary(theirs),
      alarms: bad,
      differences: others,
    });
    if (!options.json) process.stdout.write(`${lines.join('\n')}\n`);
  });
  if (options.json) process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  if (options.splits) alarmed += await playSplits(target);
  tell(`\n${chosen.length} vectors: ${alarmed} with alarms, ${differing} unlike the reference\n`);
  own?.close();
  own?.closeAllConnections();
  process.exitCode = alarmed > 0 ? 1 : 0;
}

await main();
