import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cleanParameter,
  decodeHeader,
  decodePercent,
  decodeQueryText,
  encodePercent,
  readableText,
} from './percent-text.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
const bytes = fc.uint8Array({ maxLength: 30 }).map((some) => Buffer.from(some));
const encodedAll = (some: Buffer): string => [...some].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

describe('decodePercent', () => {
  it.each([
    ['', ''],
    ['plain', 'plain'],
    ['a+b', 'a+b'],
    ['%C3%A9', 'é'],
    ['\xc3\xa9', 'é'],
    ['%F0%9F%8F%96', '🏖'],
    ['100%', '100%'],
    ['%zz%', '%zz%'],
    ['100%25%20off%', '100% off%'],
    ['%CF%F0', '\udccf\udcf0'],
    ['\xcf\xf0', '\udccf\udcf0'],
    ['%C3%A9%CF%zz', 'é\udccf%zz'],
    ['%ED%A0%80', '\udced\udca0\udc80'], // half a pair is no character
    ['%C0%AF', '\udcc0\udcaf'], // nor is what is longer than it need be
    ['%E2%80', '\udce2\udc80'],
    ['%F4%90%80%80', '\udcf4\udc90\udc80\udc80'],
  ])('K7 %j is %j', (sent, text) => {
    expect(decodePercent(sent)).toBe(text);
  });

  it('K7 tells any two different runs of bytes apart, and gives each back', () => {
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        const [a, b] = [decodePercent(encodedAll(one)), decodePercent(encodedAll(other))];
        expect(a === b).toBe(one.equals(other));
        expect(Buffer.from(decodePercent(encodePercent(a)), 'utf8')).toEqual(Buffer.from(a, 'utf8'));
        expect(decodePercent(one.toString('latin1').replaceAll('%', '%25'))).toBe(a);
        expect(rawBytes(encodePercent(a))).toEqual(one);
      }),
      { numRuns },
    );
  });

  it('K7 reads what the URL standard reads, where that can be read', () => {
    const text = fc.string({ unit: fc.constantFrom(...'%%%abcfAF019 é夏🏖+&='), maxLength: 12 });
    fc.assert(
      fc.property(text, (sent) => {
        const wire = Buffer.from(sent, 'utf8').toString('latin1');
        // Node's own gets letters beyond latin1 wrong beside a % that encodes nothing.
        const ascii = sent.replaceAll(/[^\0-\x7f]|&/gu, encodeURIComponent);
        const [[, read] = ['', '']] = new URLSearchParams(`x=${ascii}`);
        if (!read.includes('\ufffd')) expect(decodeQueryText(wire)).toBe(read);
      }),
      { numRuns },
    );
  });

  it('never throws, and no more do the others', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const each of [decodePercent, decodeQueryText, decodeHeader, readableText]) {
          expect(each(text)).toBeTypeOf('string');
        }
        expect(encodePercent(text)).toMatch(/^[\x21-\x7e]*$/);
        expect(cleanParameter(text)).toMatch(/^[\x21-\x7e]*$/);
      }),
      { numRuns },
    );
  });
});

describe('readableText', () => {
  it.each([
    ['%C3%A9 %25', 'é %'],
    ['Caf%E9', 'Caf%E9'],
    ['%CF%F0%E8%E2%E5%F2', '%CF%F0%E8%E2%E5%F2'],
    ['%25CF%CF', '%25CF%CF'],
    ['%C3%A9%E9', 'é%E9'],
  ])('K7 %s is shown as %s', (sent, text) => {
    expect(readableText(decodePercent(sent))).toBe(text);
  });

  it('K7 is well-formed, so that it can be stored, and tells apart what was not UTF-8', () => {
    const notUtf8 = bytes.filter((some) => /\p{Surrogate}/u.test(decodePercent(encodedAll(some))));
    fc.assert(
      fc.property(notUtf8, notUtf8, (one, other) => {
        const [a, b] = [one, other].map((some) => readableText(decodePercent(encodedAll(some))));
        expect(a).not.toMatch(/\p{Surrogate}/u);
        expect(a === b).toBe(one.equals(other));
      }),
      { numRuns },
    );
  });
});

describe('cleanParameter', () => {
  it.each([
    ['a=b', 'a=b'],
    ['debug', 'debug'],
    ['debug=', 'debug='],
    ['a=b+c%20d', 'a=b+c%20d'],
    ['a=%cf%F0', 'a=%cf%F0'],
    ['a=\xcf\xf0', 'a=%CF%F0'],
    ['a[]=1', 'a%5B%5D=1'],
    ['a=100%', 'a=100%25'],
    ['a=%zz', 'a=%25zz'],
    ['a=b==', 'a=b=='],
    ['a="<>\\^`{|}#', 'a=%22%3C%3E%5C%5E%60%7B%7C%7D%23'],
    ['a=1;click_id=x', 'a=1%3Bclick_id=x'],
    ['a=1?click_id=x', 'a=1%3Fclick_id=x'],
  ])('K7 passes %j on as %s', (sent, expected) => {
    expect(cleanParameter(sent)).toBe(expected);
  });

  it('K7 changes no byte that a parameter stands for', () => {
    const wire = fc.string({
      unit: fc.oneof(
        fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)),
        fc.constantFrom('%CF', '%41', '%', '+'),
      ),
      maxLength: 20,
    });
    fc.assert(
      fc.property(wire, (sent) => {
        expect(rawBytes(cleanParameter(sent))).toEqual(rawBytes(sent));
        expect(cleanParameter(cleanParameter(sent))).toBe(cleanParameter(sent));
      }),
      { numRuns },
    );
  });
});

describe('decodeHeader', () => {
  it('K7 reads the bytes of a header', () => {
    expect(decodeHeader(Buffer.from('Über 🏖', 'utf8').toString('latin1'))).toBe('Über 🏖');
    expect(decodeHeader('caf\xe9')).toBe('caf\udce9');
    expect(decodeHeader('100%25')).toBe('100%25');
  });
});

/** By the URL standard's own percent-decoding. */
function rawBytes(latin1: string): Buffer {
  const text = latin1.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(text, 'latin1');
}
