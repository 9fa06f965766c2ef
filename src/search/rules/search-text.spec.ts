import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids/ids.js';
import { readSearchText, slugKeysOf } from './search-text.js';

describe('the text of a search', () => {
  it.each([
    ['https://Go.Brand.com/summer', { hostname: 'go.brand.com', slug: 'summer' }],
    ['go.brand.com/summer', { hostname: 'go.brand.com', slug: 'summer' }],
    ['http://go.brand.com:8080/summer/?sub1=a#top', { hostname: 'go.brand.com', slug: 'summer' }],
    ['go.brand.com/summer+', { hostname: 'go.brand.com', slug: 'summer' }],
    ['go.brand.com/caf%C3%A9/menu', { hostname: 'go.brand.com', slug: 'café/menu' }],
    ['https://go.brand.com', { hostname: 'go.brand.com', slug: undefined }],
    ['localhost:3000/summer', { hostname: 'localhost', slug: 'summer' }],
    ['müller.example/x', { hostname: 'xn--mller-kva.example', slug: 'x' }],
    ['sale/summer', undefined],
    ['summer', undefined],
    ['two words.', undefined],
    ['/summer', undefined],
  ])('%s: the address %j', (text, address) => {
    expect(readSearchText(text).address).toEqual(address);
  });

  it.each([
    ['summer', 'summer'],
    ['/summer', 'summer'],
    ['sale/summer', 'sale/summer'],
    ['summer+', 'summer'],
    ['+', '+'],
    ['https://go.brand.com/summer', undefined],
  ])('%s: the slug %s', (text, slug) => {
    expect(readSearchText(text).slug).toBe(slug);
  });

  it.each([
    ['A'.repeat(24), 'A'.repeat(24)],
    [`https://x.example/postback/${'k'.repeat(24)}?click_id=1`, 'k'.repeat(24)],
    [`https://x.example/pixel/${'p'.repeat(24)}.gif`, 'p'.repeat(24)],
    ['https://x.example/postback/short', undefined],
    ['Casino', undefined],
  ])('%s: the key %s', (text, key) => {
    expect(readSearchText(text).networkKey).toBe(key);
  });

  it('is an id only as a whole', () => {
    const id = newId('cnv');
    expect(readSearchText(id).idPrefix).toBe('cnv');
    expect(readSearchText(`${id}x`).idPrefix).toBeUndefined();
    expect(readSearchText('cnv_').idPrefix).toBeUndefined();
  });

  it('finds slugs on domains where case matters, and on others', () => {
    expect(slugKeysOf('Sale')).toEqual(['Sale', 'sale']);
    expect(slugKeysOf('sale')).toEqual(['sale']);
    expect(slugKeysOf('❤\ufe0f')).toEqual(['❤']);
  });

  it('is read without errors, whatever it is', () => {
    for (const text of ['%', '%zz', '://', 'a://', '.', '..', '?', '#', '\0', '\ud800', '/'.repeat(200), '[::1]:1/x']) {
      expect(readSearchText(text).text).toBe(text);
    }
  });
});
