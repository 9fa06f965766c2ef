import { describe, expect, it } from 'vitest';
import { isFromOwnSite, isOnPublicHost, maySignIn, type RequestSource } from './request-source.js';

const PUBLIC_URL = 'https://go.example';

const source = (fields: Partial<RequestSource>): RequestSource => ({
  method: 'POST',
  host: 'go.example',
  origin: undefined,
  secFetchSite: undefined,
  secFetchMode: undefined,
  ...fields,
});

describe('the host of a cookie', () => {
  it.each([
    ['go.example', true],
    ['GO.example', true],
    ['go.example:8443', false],
    ['link.example', false],
    ['go.example.evil.example', false],
    ['', false],
  ])('%s: %s', (host, isOwn) => {
    expect(isOnPublicHost({ host }, PUBLIC_URL)).toBe(isOwn);
    expect(isOnPublicHost({ host: undefined }, PUBLIC_URL)).toBe(false);
  });

  it('has the port of PUBLIC_URL', () => {
    expect(isOnPublicHost({ host: 'localhost:3000' }, 'http://localhost:3000')).toBe(true);
    expect(isOnPublicHost({ host: 'localhost:3001' }, 'http://localhost:3000')).toBe(false);
  });
});

describe('a request with a cookie', () => {
  it.each([
    ['a page of this site', { secFetchSite: 'same-origin', secFetchMode: 'cors', origin: PUBLIC_URL }, true],
    ['without Origin', { secFetchSite: 'same-origin', secFetchMode: 'cors' }, true],
    ['an old browser', { origin: PUBLIC_URL }, true],
    ['another site', { secFetchSite: 'cross-site', secFetchMode: 'cors', origin: 'https://evil.example' }, false],
    ['a form of another site', { secFetchSite: 'cross-site', secFetchMode: 'navigate', origin: 'null' }, false],
    ['a subdomain', { secFetchSite: 'same-site', secFetchMode: 'cors', origin: 'https://x.go.example' }, false],
    ['the address bar', { secFetchSite: 'none', secFetchMode: 'navigate' }, false],
    ['an old browser elsewhere', { origin: 'https://evil.example' }, false],
    ['a sandboxed frame', { origin: 'null' }, false],
    ['other scheme', { origin: 'http://go.example' }, false],
    ['neither header', {}, false],
  ])('that changes something, from %s: %o → %s', (_, fields, isOwn) => {
    expect(isFromOwnSite(source(fields), PUBLIC_URL)).toBe(isOwn);
    expect(isFromOwnSite(source({ ...fields, method: 'DELETE' }), PUBLIC_URL)).toBe(isOwn);
  });

  it.each([
    ['a page of this site', { secFetchSite: 'same-origin', secFetchMode: 'cors' }, true],
    ['a link elsewhere', { secFetchSite: 'cross-site', secFetchMode: 'navigate' }, true],
    ['the address bar', { secFetchSite: 'none', secFetchMode: 'navigate' }, true],
    ['an image elsewhere', { secFetchSite: 'cross-site', secFetchMode: 'no-cors' }, false],
    ['a script of a subdomain', { secFetchSite: 'same-site', secFetchMode: 'cors' }, false],
    ['an old browser', {}, true],
  ])('that reads, from %s: %o → %s', (_, fields, isOwn) => {
    expect(isFromOwnSite(source({ ...fields, method: 'GET' }), PUBLIC_URL)).toBe(isOwn);
  });
});

describe('a sign-in', () => {
  it('is open to programs and this site’s pages, not to pages of others', () => {
    expect(maySignIn(source({}), PUBLIC_URL)).toBe(true);
    expect(maySignIn(source({ secFetchSite: 'same-origin', origin: PUBLIC_URL }), PUBLIC_URL)).toBe(true);
    expect(maySignIn(source({ secFetchSite: 'cross-site', origin: 'https://evil.example' }), PUBLIC_URL)).toBe(false);
    expect(maySignIn(source({ origin: 'null' }), PUBLIC_URL)).toBe(false);
  });
});
