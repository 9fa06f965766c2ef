import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../networks/rules/reading/parameter.js';
import { isInList } from './allow-list.js';
import { isSameText } from '../../platform/text/same-text.js';
import { canonicalText, checkSignature, type SignatureRule, signatureOf } from './signature.js';
import { tokenProblem } from './token.js';

const parametersOf = (...pairs: [string, string][]): Parameter[] => pairs.map(([name, value]) => ({ name, value }));

describe('the list of addresses', () => {
  it.each([
    ['203.0.113.9', ['203.0.113.9'], true],
    ['203.0.113.10', ['203.0.113.9'], false],
    ['203.0.113.255', ['198.51.100.1', '203.0.113.0/24'], true],
    ['203.0.114.0', ['203.0.113.0/24'], false],
    ['203.0.113.7', ['203.0.113.99/24'], true],
    ['1.2.3.4', ['0.0.0.0/0'], true],
    ['::ffff:203.0.113.9', ['203.0.113.0/24'], true],
    ['::ffff:cb00:7109', ['203.0.113.9'], true],
    ['203.0.113.9', ['::ffff:203.0.113.0/120'], true],
    ['203.0.114.9', ['::ffff:203.0.113.0/120'], false],
    ['203.0.113.9', ['::ffff:0:0/96'], true],
    ['203.0.113.9', ['::/0'], false],
    ['2001:db8::1', ['2001:DB8:0:0::/64'], true],
    ['2001:db8:0:1::1', ['2001:db8::/64'], false],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', ['2001:db8::1'], true],
    ['2001:db8::1', ['0.0.0.0/0'], false],
    ['203.0.113.9', [' 203.0.113.9 '], true],
    ['203.0.113.9', [], false],
    ['', ['0.0.0.0/0', '::/0'], false],
    ['localhost', ['0.0.0.0/0', '::/0'], false],
    ['0x7f.1', ['127.0.0.1'], false],
    ['127.0.0.1', ['127.1', '0177.0.0.1', '127.0.0.1/33', '127.0.0.1/', '127.0.0.1/8/8', '127.0.0.1/-1', 'x'], false],
  ])('%s in %j: %s', (address, list, expected) => {
    expect(isInList(address, list)).toBe(expected);
  });

  it('has exactly the addresses of a CIDR', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, base, bits) => {
        const number = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
        const size = 2 ** (32 - bits);
        const isIn = Math.floor(number(address) / size) === Math.floor(number(base) / size);
        expect(isInList(address, [`${base}/${bits}`])).toBe(isIn);
        expect(isInList(`::ffff:${address}`, [`${base}/${bits}`])).toBe(isIn);
        expect(isInList(base, [`${base}/${bits}`])).toBe(true);
      }),
    );
  });
});

describe('comparing', () => {
  it('says whether texts are the same', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => isSameText(a, b) === (a === b)));
    fc.assert(fc.property(fc.string(), (a) => isSameText(a, `${a}`)));
  });
});

describe('the token', () => {
  const rule = { param: 'Token', value: 's3cret' };
  it.each([
    [[['token', 's3cret']], undefined],
    [[['TOKEN', 's3cret']], undefined],
    [
      [
        ['token', 'of something else'],
        ['token', 's3cret'],
      ],
      undefined,
    ],
    [[['tok', 's3cret']], 'missing'],
    [[['token', 'S3cret']], 'does not match the one'],
    [[['token', '']], 'does not match the one'],
    [[['token', 's3cret ']], 'does not match the one'],
    [[], 'missing'],
  ] as [[string, string][], string | undefined][])('%j: %s', (pairs, problem) => {
    const found = tokenProblem(parametersOf(...pairs), rule);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
    expect(found ?? '').not.toMatch(/s3cret/i);
  });
});

const RULE: SignatureRule = { secret: 'top secret', param: 'sig', timestampParam: 'ts', toleranceSeconds: 300 };
const NOW = new Date('2026-03-01T12:00:00Z');
const signed = (parameters: Parameter[], secret = RULE.secret): Parameter[] => [
  ...parameters,
  { name: 'sig', value: signatureOf(canonicalText(parameters, 'sig'), secret) },
];
const problemOf = (parameters: Parameter[], receivedAt = NOW): string | undefined => {
  const finding = checkSignature(parameters, RULE, receivedAt);
  return finding.ok ? undefined : finding.hint;
};
const anyParameters = fc.array(
  fc.record({
    name: fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => !['sig', 'ts'].includes(name.toLowerCase())),
    value: fc.string({ unit: 'binary' }),
  }),
  { maxLength: 20 },
);

describe('the signature', () => {
  it('is made over all parameters but itself, encoded and sorted', () => {
    const parameters = parametersOf(
      ['b', '2 é'],
      ['a1', "!'()*~-._"],
      ['a', 'z/+&='],
      ['SIG', 'x'],
      ['a', 'Z'],
      ['A', ''],
      ['é', '😀'],
    );
    expect(canonicalText(parameters, 'sig')).toBe(
      'A=&a=Z&a=z%2F%2B%26%3D&a1=%21%27%28%29%2A~-._&b=2%20%C3%A9'.replace('A=', '%C3%A9=%F0%9F%98%80&A='),
    );
  });

  it('takes half a surrogate pair for U+FFFD', () => {
    expect(canonicalText(parametersOf(['a', '\ud83d']), 'sig')).toBe('a=%EF%BF%BD');
  });

  it('is right whatever the parameters, their order, and its case', () => {
    fc.assert(
      fc.property(anyParameters, fc.boolean(), fc.infiniteStream(fc.nat()), (parameters, upper, chance) => {
        const all = signed([...parameters, { name: 'TS', value: String(NOW.getTime()) }]).map(({ name, value }) =>
          name === 'sig' && upper ? { name: 'Sig', value: value.toUpperCase() } : { name, value },
        );
        const shuffled = all
          .map((parameter) => ({ parameter, place: chance.next().value }))
          .sort((a, b) => a.place - b.place)
          .map(({ parameter }) => parameter);
        expect(problemOf(shuffled)).toBeUndefined();
      }),
    );
  });

  it('is wrong as soon as anything is added, changed or left out', () => {
    const stamp = { name: 'ts', value: String(NOW.getTime()) };
    fc.assert(
      fc.property(anyParameters, fc.string(), fc.nat(), (parameters, text, at) => {
        const all = signed([...parameters, stamp]);
        const one = at % (all.length - 1);
        const mangled = [
          [...all, { name: `x${text}`, value: '' }],
          all.filter((_, index) => index !== one),
          all.map((parameter, index) =>
            index === one ? { ...parameter, value: `${parameter.value}x${text}` } : parameter,
          ),
        ];
        for (const parameters of mangled) expect(problemOf(parameters)).toContain('does not match');
      }),
    );
  });

  const stamped = (ts: string): Parameter[] => signed(parametersOf(['click_id', 'x'], ['ts', ts]));
  const at = (seconds: number): number => NOW.getTime() + seconds * 1_000;
  it.each([
    ['in seconds', String(at(0) / 1_000), undefined],
    ['in milliseconds', String(at(0)), undefined],
    ['in ISO 8601', NOW.toISOString(), undefined],
    ['as old as is allowed', String(at(-300)), undefined],
    ['as far ahead as is allowed', String(at(300)), undefined],
    ['too old', String(at(-301) / 1_000), 'too old: 301 s'],
    ['in the future', String(at(301) / 1_000), '301 s in the future'],
    ['no time', 'yesterday', 'not a time'],
    ['empty', '', 'timestamp is missing'],
  ])('may have a timestamp %s', (_, ts, problem) => {
    const found = problemOf(stamped(ts));
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });

  it.each([
    ['without a signature', parametersOf(['ts', '1772366400']), 'signature is missing'],
    ['with an empty one', parametersOf(['ts', '1772366400'], ['sig', '']), 'signature is missing'],
    ['with one that is none', parametersOf(['ts', '1772366400'], ['sig', 'abc']), 'not 64 hexadecimal digits'],
    ['with another secret', signed(parametersOf(['b', '1'], ['ts', '1772366400']), 'other'), 'over: b, ts.'],
    ['without a timestamp', signed(parametersOf(['b', '1'])), 'timestamp is missing'],
    [
      'with far too many parameters',
      [
        ...Array.from({ length: 99 }, (__, i) => ({ name: `${i}`.repeat(99), value: '' })),
        { name: 'sig', value: '0'.repeat(64) },
      ],
      '…',
    ],
  ])('says what is wrong %s', (_, parameters, problem) => {
    const found = problemOf(parameters) ?? '';
    expect(found).toContain(problem);
    expect(found.length).toBeLessThan(1_200);
    expect(found).not.toContain(RULE.secret);
  });
});
