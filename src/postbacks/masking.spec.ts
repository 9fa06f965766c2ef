import { describe, expect, it } from 'vitest';
import { maskHeaders, maskKey, maskParameters } from './masking.js';

describe('masking', () => {
  it('blanks secrets in a query or form, and nothing else', () => {
    expect(maskParameters('click_id=K1&token=abc&Secret=x%26y&keyword=shoes')).toBe(
      'click_id=K1&token=***&Secret=***&keyword=shoes',
    );
    expect(maskParameters('token=abc')).toBe('token=***');
  });
  it('blanks secrets in JSON', () => {
    expect(maskParameters('{"token": "a\\"b", "payout": 5, "hash":12}')).toBe(
      '{"token": "***", "payout": 5, "hash":"***"}',
    );
  });
  it('blanks credentials in headers, and all but the end of a key', () => {
    expect(maskHeaders({ authorization: 'Bearer x', accept: '*/*', via: ['a', 'b'] })).toEqual({
      authorization: '***',
      accept: '*/*',
      via: 'a, b',
    });
    expect(maskKey('abcdefgh')).toBe('***fgh');
  });
});
