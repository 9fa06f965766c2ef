import { describe, expect, it } from 'vitest';
import { readParameters } from './parameters.js';

describe('readParameters', () => {
  it('puts the body before the query', () => {
    const reading = readParameters({ query: 'a=q&b=q', body: 'a=b', contentType: 'application/x-www-form-urlencoded' });
    expect(reading).toEqual({
      ok: true,
      parameters: [
        { name: 'a', value: 'b' },
        { name: 'a', value: 'q' },
        { name: 'b', value: 'q' },
      ],
    });
  });
  it('reads flat JSON, whatever content type it came with', () => {
    const body = '{"click_id":"K1","payout":50.5,"ok":true,"none":null,"deep":{"x":1}}';
    const parameters = [
      { name: 'click_id', value: 'K1' },
      { name: 'payout', value: '50.5' },
      { name: 'ok', value: 'true' },
      { name: 'deep', value: '{"x":1}' },
    ];
    expect(readParameters({ query: '', body, contentType: '' })).toEqual({ ok: true, parameters });
    expect(readParameters({ query: '', body, contentType: 'application/x-www-form-urlencoded' })).toEqual({
      ok: true,
      parameters,
    });
  });
  it('keeps every digit of a number', () => {
    const body = '{"txid":1234567890123456789,"payout":0.10}';
    expect(readParameters({ query: '', body, contentType: 'application/json' })).toMatchObject({
      parameters: [
        { name: 'txid', value: '1234567890123456789' },
        { name: 'payout', value: '0.10' },
      ],
    });
  });
  it('refuses broken JSON, lists and too many parameters', () => {
    expect(readParameters({ query: '', body: '{"a":', contentType: 'application/json' }).ok).toBe(false);
    expect(readParameters({ query: '', body: '[1]', contentType: '' }).ok).toBe(false);
    expect(readParameters({ query: 'a=1&'.repeat(101), body: '', contentType: '' }).ok).toBe(false);
  });
});
