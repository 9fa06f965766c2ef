import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecoveryCodes, hashRecoveryCode, RECOVERY_CODE_COUNT } from './recovery-codes.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

describe('recovery codes', () => {
  it('are ten, different, and have no characters that look alike', () => {
    const codes = createRecoveryCodes();
    expect(new Set(codes).size).toBe(RECOVERY_CODE_COUNT);
    for (const code of codes) expect(code).toMatch(/^[a-hj-km-np-z2-9]{4}(?:-[a-hj-km-np-z2-9]{4}){2}$/);
  });

  it('use their whole alphabet: at least 50 bits each', () => {
    const used = new Set(
      Array.from({ length: 50 }, () => createRecoveryCodes().join(''))
        .join('')
        .replaceAll('-', ''),
    );
    expect(Math.log2(used.size) * 12).toBeGreaterThan(50);
  });

  it('are read in any case and with any separators', () => {
    const codes = fc.constantFrom(...createRecoveryCodes());
    const separators = fc.array(fc.constantFrom('', ' ', '-', '–', '_', '.', '\n'), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(
        codes,
        separators,
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (code, between, isUpper) => {
          const typed = Array.from(
            code.replaceAll('-', ''),
            (letter, at) => (isUpper[at] ? letter.toUpperCase() : letter) + between[at],
          ).join('');
          expect(hashRecoveryCode('usr_1', typed)).toBe(hashRecoveryCode('usr_1', code));
        },
      ),
      { numRuns },
    );
  });

  it('belong to one person, and do not show in their hash', () => {
    const [code = '', other = ''] = createRecoveryCodes();
    const hash = hashRecoveryCode('usr_1', code);
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(hashRecoveryCode('usr_2', code)).not.toBe(hash);
    expect(hashRecoveryCode('usr_1', other)).not.toBe(hash);
  });

  it.each(['', '123456', 'h4ke-7pwn-m2x', 'h4ke-7pwn-m2xdd', 'h4ke-7pwn-m2x0', 'h4ke-7pwn-m2xi', 'h4ke/7pwn/m2xd'])(
    'are not %j',
    (text) => expect(hashRecoveryCode('usr_1', text)).toBeUndefined(),
  );
});
