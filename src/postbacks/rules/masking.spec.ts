import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskHeaders, maskingOf, maskKey, maskParameters } from './masking.js';

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

describe('masking for a network', () => {
  const key = 'K3yK3yK3yK3yK3yK3yK3yABC';
  const security = {
    ips: [],
    token: { param: 'Pass', value: 'open sesame & more' },
    hmac: { secret: 'shared-secret', param: 'chk', timestampParam: 'ts', toleranceSeconds: 300 },
    ratePerMinute: 60_000,
  };
  const network = { key, oldKey: null, security };
  const masking = maskingOf(network, ['Hash']);

  it.each([
    ['its token and its signature', 'pass=x&PASS=y&chk=z&ts=1700000000', 'pass=***&PASS=***&chk=***&ts=1700000000'],
    ['encoded names', '%70ass=x&c%68k=y', '%70ass=***&c%68k=***'],
    ['not what its mapping reads', 'hash=T-1&HASH=T-2&sig=x', 'hash=T-1&HASH=T-2&sig=***'],
    ['its key wherever it stands', `a=${key}&u=https://x/${key}/y`, 'a=***ABC&u=https://x/***ABC/y'],
    ['its key with letters encoded', `a=%4B${key.slice(1)}&b=1`, '***&b=1'],
    ['its key as a name', `${key}&b=1`, '***ABC&b=1'],
    ['its secrets under other names', 'x=open+sesame+%26+more&y=shared-secret', '***&y=***'],
    ['JSON in a form', 'data=%7B%22pass%22%3A%22x%22%7D&b=1', 'data=%7B%22pass%22%3A%22***%22%7D&b=1'],
    ['JSON', '{"a":[{"PASS":"x"},{"chk":{"v":"x"}}],"n":1.50}', '{"a":[{"PASS":"***"},{"chk":"***"}],"n":1.50}'],
    ['JSON with escaped names', String.raw`{"p\u0061ss":"x"}`, String.raw`{"p\u0061ss":"***"}`],
    ['JSON in JSON', String.raw`{"d":"{\"pass\":\"x\"}"}`, String.raw`{"d":"{\"pass\":\"***\"}"}`],
    ['JSON with its key', `{"u":"x/${key}","${key}":1}`, '{"u":"x/***ABC","***ABC":1}'],
    ['JSON that is cut off', '{"pass":"open ses', '{"pass":"***"'],
    ['JSON whose list is cut off', '{"pass":["open", "ses', '{"pass":"***"'],
    ['text that is neither', `<k>${key}</k><s>shared-secret</s>`, '<k>***ABC</k><s>***</s>'],
  ])('blanks %s', (_, text, expected) => {
    expect(maskParameters(text, masking)).toBe(expected);
  });

  it('blanks its old key too', () => {
    const oldKey = 'oldoldoldoldoldoldoldXYZ';
    const both = maskingOf({ ...network, oldKey });
    expect(maskParameters(`a=${oldKey}&b=${key}`, both)).toBe('a=***XYZ&b=***ABC');
  });

  it('masks its token although the mapping reads it', () => {
    expect(maskParameters('pass=1', maskingOf(network, ['pass']))).toBe('pass=***');
  });

  it('blanks its secrets in headers', () => {
    const headers = {
      referer: `https://t.example/postback/${key}?pass=x&a=1#f`,
      'x-original-url': `/postback/%4B${key.slice(1)}`,
      'x-my-token': 'x',
      'x-signature': 'x',
      tokenizer: 'kept',
    };
    expect(maskHeaders(headers, masking)).toEqual({
      referer: 'https://t.example/postback/***ABC?pass=***&a=1#f',
      'x-original-url': '***',
      'x-my-token': '***',
      'x-signature': '***',
      tokenizer: 'kept',
    });
  });

  it('leaves JSON without secrets as it was, and shows no secret of any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(maskParameters(` [${json}]`, { names: new Set(['pass']), texts: masking.texts })).toBe(` [${json}]`);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.integer({ min: 0, max: 3 }), (secret, other, indent) => {
        const text = JSON.stringify({ other, list: [{ pass: secret, after: 'kept' }] }, undefined, indent);
        const masked = JSON.parse(maskParameters(text, masking)) as { list: unknown[] };
        expect(masked.list).toEqual([{ pass: '***', after: 'kept' }]);
      }),
    );
  });
});
