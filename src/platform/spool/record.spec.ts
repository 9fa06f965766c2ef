import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecodedChunk, decodeRecords, encodeRecord, LARGE_RECORDS, SMALL_RECORDS } from './record.js';

/** Any text that a click may have: bytes but NUL, which HTTP does not allow anywhere. */
const payload = fc
  .array(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 60 })
  .map((bytes) => String.fromCharCode(...bytes));
const payloads = fc.array(payload, { minLength: 1, maxLength: 20 });

describe.each([
  ['small', SMALL_RECORDS],
  ['large', LARGE_RECORDS],
])('%s spool records', (_, format) => {
  const encode = (text: string): Buffer => encodeRecord(text, format);
  const decode = (chunk: Buffer, isFinal: boolean, limit?: number): DecodedChunk =>
    decodeRecords(chunk, isFinal, limit, format);
  const fileOf = (texts: string[]): Buffer => Buffer.concat(texts.map(encode));
  const textsIn = (chunk: Buffer, isFinal = true): string[] =>
    decode(chunk, isFinal).payloads.map((bytes) => bytes.toString('latin1'));
  /** Where each record begins, and the end. */
  const bordersOf = (texts: string[]): number[] => {
    const borders = [0];
    for (const text of texts) borders.push((borders.at(-1) ?? 0) + format.headerBytes + text.length);
    return borders;
  };

  it('come back as they were written', () => {
    fc.assert(
      fc.property(payloads, (texts) => {
        const file = fileOf(texts);
        const { consumed, damaged, torn, ends } = decode(file, true);
        expect(textsIn(file)).toEqual(texts);
        expect({ consumed, damaged, torn }).toEqual({ consumed: file.length, damaged: 0, torn: false });
        expect(ends).toEqual(bordersOf(texts).slice(1));
      }),
    );
  });

  it('come back up to where the file was cut off, wherever that is', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), (texts, at) => {
        const file = fileOf(texts);
        const cut = at % (file.length + 1);
        const whole = bordersOf(texts).filter((border) => border > 0 && border <= cut).length;
        const { torn, damaged } = decode(file.subarray(0, cut), true);
        expect(textsIn(file.subarray(0, cut))).toEqual(texts.slice(0, whole));
        expect({ torn, damaged }).toEqual({ torn: !bordersOf(texts).includes(cut), damaged: 0 });
      }),
    );
  });

  it('wait for the end of a record that is still being written', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), (texts, at) => {
        const file = fileOf(texts);
        const cut = at % (file.length + 1);
        const begin = decode(file.subarray(0, cut), false);
        const rest = decode(file.subarray(begin.consumed), false);
        expect([...begin.payloads, ...rest.payloads].map((bytes) => bytes.toString('latin1'))).toEqual(texts);
      }),
    );
  });

  it('lose one record to a flipped bit, wherever it is, and count it', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.integer({ min: 0, max: 7 }), (texts, at, bit) => {
        const file = fileOf(texts);
        const place = at % file.length;
        file.writeUInt8(file.readUInt8(place) ^ (1 << bit), place);
        const hit = bordersOf(texts).findLastIndex((border) => border <= place);
        const { damaged, torn, consumed } = decode(file, true);
        expect(textsIn(file)).toEqual(texts.filter((_, index) => index !== hit));
        expect(damaged + (torn ? 1 : 0)).toBe(1);
        expect(consumed).toBe(file.length);
      }),
      { numRuns: 500 },
    );
  });

  it('are found between arbitrary bytes, and arbitrary bytes are never read as records', () => {
    fc.assert(
      fc.property(
        payloads,
        fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 21, maxLength: 21 }),
        (texts, rubbish) => {
          const parts = texts.flatMap((text, index) => [Buffer.from(rubbish[index] ?? []), encode(text)]);
          expect(textsIn(Buffer.concat(parts))).toEqual(texts);
        },
      ),
    );
  });

  it('are read in pieces as they are at once', () => {
    fc.assert(
      fc.property(payloads, fc.integer({ min: 1, max: 5 }), (texts, limit) => {
        let rest = fileOf(texts);
        const read: string[] = [];
        while (rest.length > 0) {
          const { payloads: some, consumed } = decode(rest, true, limit);
          expect(some.length).toBeLessThanOrEqual(limit);
          read.push(...some.map((bytes) => bytes.toString('latin1')));
          rest = rest.subarray(consumed);
        }
        expect(read).toEqual(texts);
      }),
    );
  });

  it('do not hold up the reader behind damage longer than any record', () => {
    const rubbish = Buffer.alloc(3 * format.maxRecordBytes, 1);
    const { consumed, damaged } = decode(rubbish, false);
    expect(damaged).toBe(1);
    expect(consumed).toBe(2 * format.maxRecordBytes);
  });

  it.each([0, format.maxPayloadBytes + 1])('cannot have %i bytes', (length) => {
    expect(() => encode('x'.repeat(length))).toThrow(RangeError);
  });

  it('may be as long as the format says', () => {
    const longest = 'x'.repeat(format.maxPayloadBytes);
    expect(textsIn(fileOf(['a', longest, 'b']))).toEqual(['a', longest, 'b']);
  });
});

it('small records are on the disk as they always were', () => {
  expect(encodeRecord('abc').toString('hex')).toMatch(/^00b7[0-9a-f]{8}0300616263$/);
});
