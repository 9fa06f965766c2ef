import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toOriginForm } from './origin-form.js';
import { isOpenRequestLine, repairRequestLine, repairRequestStart } from './request-line.js';
import { readUnreadable } from './unreadable-request.js';

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };

describe('repairRequestLine', () => {
  it.each([
    ['GET /a?b=c d HTTP/1.1', 'GET /a?b=c%20d HTTP/1.1'],
    ['GET /a?b=c  d e HTTP/1.1', 'GET /a?b=c%20%20d%20e HTTP/1.1'],
    ['GET /a\tb HTTP/1.1', 'GET /a%09b HTTP/1.1'],
    ['GET /caf\xe9 HTTP/1.1', 'GET /caf%E9 HTTP/1.1'],
    ['GET /caf\xc3\xa9?a=\xff HTTP/1.0', 'GET /caf%C3%A9?a=%FF HTTP/1.0'],
    ['GET /a\x01\0 HTTP/1.1', 'GET /a%01%00 HTTP/1.1'],
    ['GET  /a  HTTP/1.1 ', 'GET /a HTTP/1.1'],
    ['get /a http/1.1', 'GET /a HTTP/1.1'],
    ['GET a?b HTTP/1.1', 'GET /a?b HTTP/1.1'],
    ['GET \\a\\b HTTP/1.1', 'GET /a\\b HTTP/1.1'],
    ['GET ?a=b HTTP/1.1', 'GET /?a=b HTTP/1.1'],
    ['POST http://x/a b HTTP/1.1', 'POST http://x/a%20b HTTP/1.1'],
  ])('K9 makes %j a line that HTTP allows', (line, repaired) => {
    expect(repairRequestLine(line)).toBe(repaired);
    expect(repairRequestLine(repaired)).toBeUndefined();
    expect(repairRequestStart(`${line}\r\nHost: x\r\n\r\nbody`)).toBe(`${repaired}\r\nHost: x\r\n\r\nbody`);
  });

  it.each([
    'GET /a HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'GET http://x/ HTTP/1.1',
    'GET /a HTTP/2.0',
    'GET /a b',
    'FOO /a b HTTP/1.1',
    'GET /a\rb HTTP/1.1',
    'hello',
    '',
  ])('leaves %j to others', (line) => {
    expect(repairRequestLine(line)).toBeUndefined();
  });

  it('gives a target without a blank or a line break, whatever stood there', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const repaired = repairRequestLine(`GET /${Buffer.from(bytes).toString('latin1')} HTTP/1.1`);
        if (repaired !== undefined) expect(repaired).toMatch(/^GET \/[!-~]* HTTP\/1\.1$/);
      }),
      RUNS,
    );
  });

  it('waits for the end of the line', () => {
    expect(isOpenRequestLine('POST /postback/x y')).toBe(true);
    expect(isOpenRequestLine('GET /a HTTP/1.1\r\n')).toBe(false);
    expect(isOpenRequestLine('hello there')).toBe(false);
    expect(repairRequestStart('GET /a b HTTP/1.1')).toBeUndefined();
  });
});

describe('toOriginForm', () => {
  it.each([
    ['http://go.example/a?b=1', '/a?b=1', 'go.example'],
    ['HTTPS://user:pw@go.example:8443/a', '/a', 'go.example:8443'],
    ['http://go.example', '/', 'go.example'],
    ['http://go.example?a=1', '/?a=1', 'go.example'],
    ['http:///a', '/a', 'header.example'],
    ['/a?u=http://x/', '/a?u=http://x/', 'header.example'],
    ['*', '*', 'header.example'],
  ])('K9 reads %s', (url, path, host) => {
    const request = { url, headers: { host: 'header.example' } };
    toOriginForm(request);
    expect(request).toEqual({ url: path, headers: { host } });
  });
});

describe('readUnreadable', () => {
  it('makes out what it can', () => {
    const text =
      'GET http://x/postback/K?a=b c\xe9 HTTP/1.1\r\nHost: x\r\nBad Header: y\r\nX-Forwarded-For: 1.2.3.4\r\n\r\nX: no';
    expect(readUnreadable(text, '::1', 'why')).toEqual({
      method: 'GET',
      target: '/postback/K?a=b%20c%E9',
      headers: { host: 'x', 'x-forwarded-for': '1.2.3.4' },
      remoteAddress: '::1',
      problem: 'why',
    });
    expect(readUnreadable('\x16\x03\x01', '', '')).toBeUndefined();
  });
});
