import { describe, expect, it } from 'vitest';
import { pageAfterSignIn, parseSignInFragment } from './sign-in-fragment';

describe('the page after a sign-in', () => {
  it.each([
    '/app',
    '/app/members',
    '/app/links/lnk_0V4rQ2pK3mXa81Qd7ZsT?period=7d',
    '/app/links?q=a%20b&tag=x,y&from=2026-11-01T00:00:00Z',
    '/app/postbacks?filters=%5B%22a%22%5D',
  ])('is the wanted one: %s', (next) => {
    expect(pageAfterSignIn(next)).toBe(next);
  });

  it.each([
    undefined,
    '',
    'https://evil.example/app',
    '//evil.example/app',
    '/app//evil.example',
    '/app/../api/v1/me',
    '/app/.',
    '/app\\evil.example',
    '/app/links?a=b#token',
    '/app/links?a=b\nc',
    '/app/links?a=b\n',
    '/app/',
    '/application',
    '/app@evil.example',
    'javascript:alert(1)',
    '/app/links?x=<script>',
  ])('is no other one: %j', (next) => {
    expect(pageAfterSignIn(next)).toBe('/app');
  });
});

describe('the fragment of the sign-in', () => {
  it.each([
    ['', null, '/app'],
    ['error=denied', 'denied', '/app'],
    ['error=%3Cb%3Ex', '<b>x', '/app'],
    ['next=/app/members', null, '/app/members'],
    ['next=/app/links?tag=a&period=7d', null, '/app/links?tag=a&period=7d'],
    ['next=%2Fapp%2Flinks%3Ftag%3Da', null, '/app/links?tag=a'],
    ['error=denied&next=/app/members', 'denied', '/app/members'],
    ['next=%2F%2Fevil.example%2Fapp', null, '/app'],
    ['next=%E0%A4%A', null, '/app'],
    ['notnext=/app/members', null, '/app'],
  ])('%j', (fragment, error, next) => {
    expect(parseSignInFragment(fragment)).toEqual({ error, next });
  });
});
