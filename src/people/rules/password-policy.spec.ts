import { dictionary } from '@zxcvbn-ts/language-common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommonPasswords } from './common-passwords.js';
import { findPasswordProblems, type PasswordOwner } from './password-policy.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
const entries = dictionary['passwords-common'];
const common = new CommonPasswords(entries);
const owner: PasswordOwner = {
  email: 'mia.wagner84@clickstorm.example',
  name: 'Mia Wagner',
  publicHost: 'go.brandlinks.example',
};

function codesOf(password: string, of: PasswordOwner = owner): string[] {
  return findPasswordProblems(password, of, common).map(({ code }) => code);
}

describe('findPasswordProblems', () => {
  it.each([
    'correct horse battery staple',
    'tractor pelican nineteen',
    'Tr0ub4dor&3-and-more',
    'kv8$Wq!2pZxe',
    'größe und gewicht',
    'пароль не скажу никому',
    '私の犬はとても大きいです。',
    'mia likes purple tractors',
    '8371 2053 4928 3746',
    'thereisnoplacelikehome',
    'ooooh what a lovely pillow',
  ])('accepts %s', (password) => expect(codesOf(password)).toEqual([]));

  it.each([
    ['', 'too_short'],
    ['kv8$Wq!2pZx', 'too_short'],
    ['👍🏽👋🌍🌞🍀🎲', 'too_short'],
    ['x'.repeat(201), 'too_long'],
    ['password2024!', 'common'],
    ['P@ssw0rd!!2024', 'common'],
    ['***Password***', 'common'],
    ['123password123', 'common'],
    ['PasswordPassword', 'common'],
    ['password-password-1', 'common'],
    ['monkey1monkey2', 'common'],
    ['p a s s w o r d 1', 'common'],
    ['$unsh1ne123456', 'common'],
    ['unbelievable', 'common'],
    ['12345678901234567', 'common'],
    ['123456 123456', 'common'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['abcabcabcabc', 'repeated'],
    ['xkqzvwxkqzvw', 'repeated'],
    ['aabbabbabaab', 'repeated'],
    ['zzzzzzzz!!!!!!', 'repeated'],
    ['\ufdfa'.repeat(12), 'repeated'],
    ['\ufdfa'.repeat(200), 'repeated'],
    ['ｐａｓｓｗｏｒｄ２０２４', 'common'],
    ['qwertyuiop12', 'sequence'],
    ['123456789012', 'sequence'],
    ['abcdefghijkl', 'sequence'],
    ['lkjihgfedcba', 'sequence'],
    ['q1w2e3r4t5y6', 'sequence'],
    ['1qaz2wsx3edc', 'sequence'],
    ['qwertzuiopü1', 'sequence'],
    ['йцукенгшщзхъ', 'sequence'],
    ['абвгдежзийкл', 'sequence'],
    ['mia.wagner84@clickstorm.example', 'own_words'],
    ['Mia Wagner 1984', 'own_words'],
    ['W@gner.M1a.2024', 'own_words'],
    ['clickstorm1234', 'own_words'],
    ['brandlinks2024!', 'own_words'],
    ['hopback-hopback', 'own_words'],
    ['wagner password', 'own_words'],
  ])('refuses %j as %s', (password, code) => expect(codesOf(password)).toContain(code));

  it('says what to do in each problem', () => {
    for (const password of ['short', 'aaaaaaaaaaaa', 'password2024', 'wagner wagner']) {
      for (const { message } of findPasswordProblems(password, owner, common)) {
        expect(message).toMatch(/^[A-Z].*\. (?:Use|Add|Several) .*\.$/);
      }
    }
  });

  it('takes accounts without a name, and with an address as host', () => {
    const bare = { email: 'a@b', publicHost: '192.0.2.1' };
    expect(codesOf('tractor pelican nineteen', bare)).toEqual([]);
    expect(codesOf('192.0.2.1 192.0.2.1', bare)).toContain('own_words');
  });

  it('refuses every common password with digits after it', () => {
    const passed = entries.filter((entry, at) => {
      const digits = String(472_093_586_172 + at * 7_919_731_003).slice(0, Math.max(1, 12 - entry.length));
      return !codesOf(entry + digits).includes('common');
    });
    expect(passed).toEqual([]);
  }, 60_000);

  it('refuses common passwords in other cases, with swaps, digits and symbols, and doubled', () => {
    const swaps: Record<string, string> = { a: '@', e: '3', i: '1', o: '0', s: '$', t: '7' };
    const padding = fc.stringMatching(/^[0-9!?.#*-]{0,6}$/);
    const words = fc.constantFrom(...entries.filter((entry) => /^[a-z]{5,}$/.test(entry)));
    const changed = fc
      .tuple(words, fc.infiniteStream(fc.constantFrom('as is', 'upper', 'swap')))
      .map(([word, changes]) =>
        Array.from(word, (letter) => {
          const change = changes.next().value;
          return change === 'upper' ? letter.toUpperCase() : change === 'swap' ? (swaps[letter] ?? letter) : letter;
        }).join(''),
      );
    // A swapped letter at an edge looks like padding, which is left away too.
    const withLetter = changed.filter((word) => /[a-z]/i.test(word));
    fc.assert(
      fc.property(padding, withLetter, padding, fc.integer({ min: 1, max: 3 }), (before, word, after, times) => {
        expect(codesOf(before + word.repeat(times) + after)).toContain('common');
      }),
      { numRuns },
    );
  });

  it('accepts four random words, with any separator', () => {
    const words = dictionary['diceware-common'].filter((word) => word.length >= 4);
    const picked = fc.uniqueArray(fc.constantFrom(...words), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(picked, fc.constantFrom(' ', '-', '.', '', '1'), (phrase, separator) => {
        expect(codesOf(phrase.join(separator))).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('accepts random texts of 16 characters', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-zA-Z0-9]{16}$/).filter((text) => new Set(text).size > 9),
        (password) => {
          expect(codesOf(password)).toEqual([]);
        },
      ),
      { numRuns },
    );
  });

  it('takes any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 210 }), fc.string({ unit: 'binary' }), (password, name) => {
        expect(Array.isArray(codesOf(password, { ...owner, name }))).toBe(true);
      }),
      { numRuns },
    );
  });
});
