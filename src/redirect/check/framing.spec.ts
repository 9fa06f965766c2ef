import { describe, expect, it } from 'vitest';
import { framingRefusal, frameProblems } from './framing.js';

const PAGE = 'https://shop.example/lp';
const LINK = 'https://go.brand.example';

const isRefused = (headers: object, framer = LINK, page = PAGE): boolean =>
  framingRefusal({ ...headers }, new URL(page), new URL(framer)) !== undefined;

describe('X-Frame-Options', () => {
  it.each<[option: string, refused: boolean]>([
    ['DENY', true],
    ['deny', true],
    [' Deny ', true],
    ['SAMEORIGIN', true],
    ['DENY, DENY', true],
    ['SAMEORIGIN, DENY', true],
    ['SAMEORIGIN, nonsense', true],
    ['ALLOWALL, DENY', true],
    ['ALLOWALL', false],
    ['ALLOW-FROM https://go.brand.example', false], // no current browser supports it
    ['nonsense, rubbish', false],
    ['"DENY"', false],
    ['', false],
  ])('%s', (option, refused) => {
    expect(isRefused({ 'x-frame-options': option })).toBe(refused);
  });

  it('lets the same origin, which a port is part of', () => {
    const headers = { 'x-frame-options': 'SAMEORIGIN' };
    expect(isRefused(headers, 'https://shop.example')).toBe(false);
    expect(isRefused(headers, 'https://shop.example:8443')).toBe(true);
    expect(isRefused(headers, 'http://shop.example')).toBe(true);
  });

  it('is ignored where frame-ancestors say who may, and there only', () => {
    const deny = { 'x-frame-options': 'DENY' };
    expect(isRefused({ ...deny, 'content-security-policy': 'frame-ancestors *' })).toBe(false);
    expect(isRefused({ ...deny, 'content-security-policy': "default-src 'self'" })).toBe(true);
    expect(isRefused({ ...deny, 'content-security-policy-report-only': 'frame-ancestors *' })).toBe(true);
  });
});

describe('frame-ancestors', () => {
  it.each<[sources: string, refused: boolean]>([
    ["'none'", true],
    ["'NONE'", true],
    ['', true],
    ["'self'", true],
    ['*', false],
    ['https:', false],
    ['HTTPS:', false],
    ['http:', false],
    ['data:', true],
    ['go.brand.example', false],
    ['GO.Brand.Example', false],
    ['https://go.brand.example', false],
    ['http://go.brand.example', false],
    ['https://go.brand.example/some/path', false],
    ['https://go.brand.example:443', false],
    ['https://go.brand.example:8443', true],
    ['go.brand.example:*', false],
    ['*.brand.example', false],
    ['https://*.brand.example', false],
    ['*.go.brand.example', true],
    ['brand.example', true],
    ['evilgo.brand.example', true],
    ['https://*:443', false],
    ["'self' https://partner.example", true],
    ["'self'  https://partner.example\thttps://go.brand.example", false],
    ["'none' https://go.brand.example", false], // 'none' among others is ignored
    ["'nonce-abc'", true],
    ['https://go.brand.example.evil.example', true],
  ])('%s', (sources, refused) => {
    expect(isRefused({ 'content-security-policy': `default-src 'self'; frame-ancestors ${sources}` })).toBe(refused);
  });

  it('must be satisfied in every policy, and the first of a policy counts', () => {
    const csp = (text: string | string[]) => isRefused({ 'content-security-policy': text });
    expect(csp("frame-ancestors *, frame-ancestors 'none'")).toBe(true);
    expect(csp(['frame-ancestors *', "frame-ancestors 'none'"])).toBe(true);
    expect(csp("img-src 'none', frame-ancestors *")).toBe(false);
    expect(csp("frame-ancestors *; frame-ancestors 'none'")).toBe(false);
    expect(csp("Frame-Ancestors 'none'")).toBe(true);
    expect(csp("x-frame-ancestors 'none'; frame-src 'none'")).toBe(false);
  });

  it('go by scheme and port of both pages', () => {
    const csp = { 'content-security-policy': 'frame-ancestors go.brand.example' };
    expect(isRefused(csp, 'http://go.brand.example')).toBe(true); // the page is https, so only https pages may frame it
    expect(isRefused(csp, 'http://go.brand.example', 'http://shop.example/')).toBe(false);
    expect(isRefused(csp, 'https://go.brand.example', 'http://shop.example/')).toBe(false);
    expect(isRefused(csp, 'https://go.brand.example:8443')).toBe(true);
    const self = { 'content-security-policy': "frame-ancestors 'self'" };
    expect(isRefused(self, 'https://shop.example')).toBe(false);
    expect(isRefused(self, 'https://shop.example', 'http://shop.example/')).toBe(false);
    expect(isRefused(self, 'http://shop.example')).toBe(true);
  });
});

describe('what keeps a destination out of a frame', () => {
  const urls = ['https://a.example/', 'http://b.example/', 'https://c.example/'];
  const codes = (framer: string, headers = {}): string[] =>
    frameProblems(urls, [{ hop: 2, url: PAGE, headers }], new URL(framer)).map(({ hop, code }) => `${hop} ${code}`);

  it('is plain HTTP on the way from an https page, and what the page says', () => {
    expect(codes(LINK)).toEqual(['1 insecure_frame']);
    expect(codes('http://localhost:3000')).toEqual([]);
    expect(codes(LINK, { 'x-frame-options': 'DENY' })).toEqual(['1 insecure_frame', '2 not_frameable']);
  });

  it('is reported with the header', () => {
    const headers = { 'content-security-policy': "frame-ancestors 'self'" };
    const [problem] = frameProblems([], [{ hop: 0, url: PAGE, headers }], new URL(LINK));
    expect(problem?.message).toContain("frame-ancestors 'self'");
    expect(problem?.message).toContain(LINK);
  });
});
