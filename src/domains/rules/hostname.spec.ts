import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostnameOf, parseHostname, registrableName } from './hostname.js';

const PUBLIC = 'localhost';
const read = (text: string): string => {
  const reading = parseHostname(text, PUBLIC);
  return reading.ok ? reading.hostname : reading.code;
};

describe('parseHostname', () => {
  it.each([
    ['go.brand.com', 'go.brand.com'],
    ['GO.Brand.COM.', 'go.brand.com'],
    ['bücher.de', 'xn--bcher-kva.de'],
    ['ｇｏ.brand.com', 'go.brand.com'],
    ['go。brand。com', 'go.brand.com'],
    ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
    ['faß.de', 'xn--fa-hia.de'],
    ['brand.github.io', 'brand.github.io'],
    ['3com.com', '3com.com'],
    [`${'a'.repeat(63)}.com`, `${'a'.repeat(63)}.com`],
    ['localhost', 'localhost'],
  ])('takes %j for %s', (text, hostname) => {
    expect(read(text)).toBe(hostname);
  });

  it.each([
    ['', 'hostname'],
    ['.', 'hostname'],
    ['com', 'single_label'],
    ['co.uk', 'public_suffix'],
    ['github.io', 'public_suffix'],
    ['1.2.3.4', 'ip_address'],
    ['1.2.3', 'ip_address'],
    ['0300.1', 'ip_address'],
    ['a.1', 'hostname'],
    ['a_b.com', 'hostname'],
    ['a\u0000.com', 'hostname'],
    ['a\u202e.com', 'hostname'],
    ['*.brand.com', 'hostname'],
    ['xn--a.com', 'hostname'],
    ['go.brand.internal', 'not_public'],
    ['1.0.168.192.in-addr.arpa', 'not_public'],
  ])('refuses %j: %s', (text, code) => {
    expect(read(text)).toBe(code);
  });

  it('gives nothing but what DNS and a URL take for the same name', () => {
    const label = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[a-z0-9-]{1,20}$/));
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
        const reading = parseHostname(labels.join('.'), PUBLIC);
        if (!reading.ok) return reading.code !== '' && reading.message !== '';
        const { hostname } = reading;
        if (hostname === PUBLIC) return true;
        expect(hostname).toMatch(/^(?=.{1,244}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/);
        expect(new URL(`https://${hostname}/`).hostname).toBe(hostname);
        return read(hostname) === hostname;
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('hostnameOf', () => {
  it.each([
    ['Go.Brand.com:443', 'go.brand.com'],
    ['go.brand.com.', 'go.brand.com'],
    ['[::1]:3000', '[::1]'],
    ['[::1]go.brand.com', ''],
    ['go.brand.com:x@evil.example', ''],
    ['go.brand.com:80@evil.example', ''],
    ['', ''],
  ])('%j is %j', (host, hostname) => {
    expect(hostnameOf(host)).toBe(hostname);
  });
});

describe('registrableName', () => {
  it.each([
    ['go.brand.com', 'brand.com'],
    ['a.b.brand.co.uk', 'brand.co.uk'],
    ['x.brand.github.io', 'brand.github.io'],
  ])('of %s is %s', (hostname, name) => {
    expect(registrableName(hostname)).toBe(name);
  });
});
