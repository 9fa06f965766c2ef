import { describe, expect, it } from 'vitest';
import type { CommonHeader } from './edge-request.js';
import { MAX_HEAD_BYTES, readRequestHead } from './request-head.js';

const HOST = 'Host: go.example';
const COMMON: CommonHeader[] = [
  'user-agent',
  'accept-language',
  'referer',
  'x-forwarded-for',
  'sec-purpose',
  'purpose',
  'x-moz',
  'x-purpose',
  'cookie',
  'dnt',
  'sec-gpc',
];
const head = (...lines: string[]): string => ['GET /a HTTP/1.1', ...lines, '', ''].join('\r\n');

describe('readRequestHead', () => {
  it('reads what the redirect needs', () => {
    const text = [
      'GET /summer%20sale?sub1=a&x=%zz HTTP/1.1',
      'Host: Go.Example:8443',
      'user-agent:  Mozilla/5.0 (X11)\t ',
      'ACCEPT-LANGUAGE:de-CH,de;q=0.9',
      'Referer: https://blog.example/post?a=1: 2',
      'X-Forwarded-For: 198.51.100.7, 10.0.0.1',
      'Sec-Purpose: prefetch;prerender',
      'Accept: */*',
      'Cookie: a=b; \xe9\xff ',
      'DNT: 1',
      '',
      '',
    ].join('\r\n');
    const request = readRequestHead(text, '192.0.2.1');
    expect(request).toMatchObject({
      method: 'GET',
      isHead: false,
      url: '/summer%20sale?sub1=a&x=%zz',
      host: 'Go.Example:8443',
      remoteAddress: '192.0.2.1',
      closes: false,
    });
    expect(request?.headers).toEqual({
      host: 'Go.Example:8443',
      'user-agent': 'Mozilla/5.0 (X11)',
      'accept-language': 'de-CH,de;q=0.9',
      referer: 'https://blog.example/post?a=1: 2',
      'x-forwarded-for': '198.51.100.7, 10.0.0.1',
      'sec-purpose': 'prefetch;prerender',
      accept: '*/*',
      cookie: 'a=b; \xe9\xff',
      dnt: '1',
    });
    for (const name of COMMON) expect([name, request?.header(name)]).toEqual([name, request?.headers[name]]);
  });

  it('reads a request that brings nothing but a host', () => {
    const request = readRequestHead('HEAD / HTTP/1.1\r\nhost:x\r\n\r\n');
    expect(request).toMatchObject({ method: 'HEAD', isHead: true, url: '/', host: 'x', closes: false });
    expect(request?.headers).toEqual({ host: 'x' });
    for (const name of COMMON) expect(request?.header(name)).toBeUndefined();
  });

  it.each([
    ['Connection: close', true],
    ['connection:CLOSE', true],
    ['Connection: keep-alive', false],
    ['Connection: Keep-Alive', false],
    ['Upgrade-Insecure-Requests: 1', false],
  ])('knows from "%s" whether the connection is to be closed', (line, closes) => {
    expect(readRequestHead(head(HOST, line))?.closes).toBe(closes);
  });

  it.each([
    ['another method', 'POST /a HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a method in lower case', 'get /a HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['HTTP/1.0', 'GET /a HTTP/1.0\r\nHost: x\r\n\r\n'],
    ['HTTP/2.0', 'GET /a HTTP/2.0\r\nHost: x\r\n\r\n'],
    ['an absolute target', 'GET http://x/a HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a target that is no path', 'GET a HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an asterisk', 'GET * HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a fragment', 'GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a space in the target', 'GET /a b HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['two spaces behind the method', 'GET  /a HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['two spaces behind the target', 'GET /a  HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a space behind the version', 'GET /a HTTP/1.1 \r\nHost: x\r\n\r\n'],
    ['a byte above 127 in the target', 'GET /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an empty line before', '\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['lines that end by LF alone', 'GET /a HTTP/1.1\nHost: x\n\n'],
    ['one line that ends by LF alone', 'GET /a HTTP/1.1\r\nHost: x\nA: b\r\n\r\n'],
    ['a CR within a value', 'GET /a HTTP/1.1\r\nHost: x\rA: b\r\n\r\n'],
    ['no host', head('A: b')],
    ['no header at all', 'GET /a HTTP/1.1\r\n\r\n'],
    ['two hosts', head(HOST, 'HOST: other.example')],
    ['two user agents', head(HOST, 'User-Agent: a', 'user-agent: b')],
    ['an empty user agent and another', head(HOST, 'User-Agent:', 'user-agent: b')],
    ['two cookies', head(HOST, 'Cookie: a=b', 'cookie: c=d')],
    ['two DNT', head(HOST, 'DNT: 1', 'DNT: 1')],
    ['two X-Forwarded-For', head(HOST, 'X-Forwarded-For: 1.1.1.1', 'X-Forwarded-For: 2.2.2.2')],
    ['a folded header', head(HOST, 'A: b', ' c')],
    ['a folded first header', head(' A: b', HOST)],
    ['a space before the colon', head('Host : x')],
    ['a tab before the colon', head('Host\t: x')],
    ['a header without a name', head(HOST, ': b')],
    ['a header without a colon', head(HOST, 'nothing')],
    ['a name with a control character', head(HOST, 'A\x01: b')],
    ['a name with a byte above 127', head(HOST, 'A\xe9: b')],
    ['a NUL in a value', head(HOST, 'A: b\0c')],
    ['a DEL in a value', head(HOST, 'A: b\x7fc')],
    ['a body’s length', head(HOST, 'Content-Length: 0')],
    ['a chunked body', head(HOST, 'Transfer-Encoding: chunked')],
    ['a chunked body in other letters', head(HOST, 'tRaNsFeR-eNcOdInG:\tchunked')],
    ['an upgrade', head(HOST, 'Connection: Upgrade', 'Upgrade: websocket')],
    ['an upgrade that the connection does not name', head(HOST, 'Upgrade: h2c')],
    ['an expectation', head(HOST, 'Expect: 100-continue')],
    ['a proxy’s connection', head(HOST, 'Proxy-Connection: keep-alive')],
    ['a connection with two options', head(HOST, 'Connection: keep-alive, close')],
    ['a close that Node does not see', head(HOST, 'Connection: close\t')],
    ['an empty connection', head(HOST, 'Connection:')],
    ['two connections', head(HOST, 'Connection: keep-alive', 'Connection: close')],
    ['a second request behind', head(HOST) + head(HOST)],
    ['a byte behind', `${head(HOST)}G`],
    ['a line break behind', `${head(HOST)}\r\n`],
    ['a head that has not ended', head(HOST).slice(0, -2)],
    ['a head that lacks its last byte', head(HOST).slice(0, -1)],
    ['nothing', ''],
    ['more headers than Node reads', head(...Array.from({ length: 1_000 }, () => 'a:'), HOST)],
  ])('leaves %s to Node', (_, text) => {
    expect(readRequestHead(text)).toBeUndefined();
  });

  it('leaves a head to Node that is longer than it may be, and no other', () => {
    const begin = head(HOST, 'A: ').length;
    expect(readRequestHead(head(HOST, `A: ${'x'.repeat(MAX_HEAD_BYTES - begin)}`))).toBeDefined();
    expect(readRequestHead(head(HOST, `A: ${'x'.repeat(MAX_HEAD_BYTES - begin + 1)}`))).toBeUndefined();
  });
});

describe('the headers', () => {
  it('has all headers, their names in lower case, their values without what stands around them', () => {
    const text = head(HOST, 'X-Forwarded-For: 1.2.3.4,5.6.7.8\t ', 'User-Agent:caf\xe9', 'X-Empty:', 'a-B_c: \t:d: e');
    expect(readRequestHead(text)?.headers).toEqual({
      host: 'go.example',
      'x-forwarded-for': '1.2.3.4,5.6.7.8',
      'user-agent': 'caf\xe9',
      'x-empty': '',
      'a-b_c': ':d: e',
    });
  });

  it.each([
    ['A: 1 | a: 2 | A:', { a: '1, 2, ' }],
    ['Authorization: 1 | authorization: 2', { authorization: '1' }],
    ['Set-Cookie: a=b', { 'set-cookie': ['a=b'] }],
    ['Set-Cookie: a=b | set-cookie: c=d', { 'set-cookie': ['a=b', 'c=d'] }],
    ['__proto__: 1', {}],
    ['constructor: 1', { constructor: '1' }],
  ])('follow the rules of Node for %s', (lines, headers) => {
    expect(readRequestHead(head(HOST, ...lines.split(' | ')))?.headers).toEqual({ host: 'go.example', ...headers });
  });
});
