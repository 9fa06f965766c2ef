import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRecords, encodeRecord, HEADER_BYTES } from './record.js';

const payloads = fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 20 });

function spool(records: Uint8Array[]): Buffer {
  return Buffer.concat(records.map(encodeRecord));
}

describe('spool records', () => {
  it('come back as written', () => {
    fc.assert(
      fc.property(payloads, (written) => {
        const { payloads: read, consumed, damaged, lost } = decodeRecords(spool(written));
        expect(read.map((payload) => [...payload])).toEqual(written.map((payload) => [...payload]));
        expect({ damaged, lost, consumed }).toEqual({ damaged: 0, lost: false, consumed: spool(written).length });
      }),
    );
  });

  it('survive any truncation: what is complete is read, nothing else', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), (written, cut) => {
        const whole = spool(written);
        const { payloads: read, damaged, lost } = decodeRecords(whole.subarray(0, cut % (whole.length + 1)));
        expect(damaged).toBe(0);
        expect(lost).toBe(false);
        expect(read.map((payload) => [...payload])).toEqual(
          written.slice(0, read.length).map((payload) => [...payload]),
        );
      }),
    );
  });

  it('never give back a record that a flipped bit has changed', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.nat(7), (written, position, bit) => {
        const whole = spool(written);
        const at = position % whole.length;
        whole.writeUInt8(whole.readUInt8(at) ^ (1 << bit), at);
        const known = new Set(written.map((payload) => Buffer.from(payload).toString('hex')));
        const { payloads: read } = decodeRecords(whole);
        expect(read.every((payload) => known.has(payload.toString('hex')))).toBe(true);
        expect(read.length).toBeLessThanOrEqual(written.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('count a damaged payload and read on behind it', () => {
    const whole = spool([Buffer.from('one'), Buffer.from('two'), Buffer.from('three')]);
    whole.writeUInt8(0, HEADER_BYTES + 3 + HEADER_BYTES); // the first byte of "two"
    const { payloads: read, damaged } = decodeRecords(whole);
    expect(read.map(String)).toEqual(['one', 'three']);
    expect(damaged).toBe(1);
  });
});
