import { crc32 } from 'node:zlib';

// One record: mark (2 bytes), CRC-32 of what follows (u32), length of the payload (u16), payload. Little endian.
// The mark can not stand in a payload: it begins with NUL, which no header of an HTTP request may hold. So a reader that
// lost its place finds the next record, and nobody can smuggle one into another.
const MARK = Buffer.from([0x00, 0xb7]);
const MARK_VALUE = MARK.readUInt16LE(0);
const CRC_AT = 2;
const LENGTH_AT = 6;
export const HEADER_BYTES = 8;
/** More than a click can have (see spooled-click.ts); a greater length can only be damage. */
export const MAX_PAYLOAD_BYTES = 8 * 1024;
export const MAX_RECORD_BYTES = HEADER_BYTES + MAX_PAYLOAD_BYTES;

/**
 * Writes one record into `target`, which must have `MAX_RECORD_BYTES` left at `offset`.
 * @param payload latin1 text, one byte a character, without NUL.
 * @returns the bytes written.
 * @throws RangeError when the payload is empty or too long.
 */
export function writeRecord(target: Buffer, offset: number, payload: string): number {
  const length = payload.length;
  if (length === 0 || length > MAX_PAYLOAD_BYTES) {
    throw new RangeError(`a spool record has 1 to ${MAX_PAYLOAD_BYTES} bytes, not ${length}`);
  }
  target.write(payload, offset + HEADER_BYTES, length, 'latin1');
  target.writeUInt16LE(MARK_VALUE, offset);
  target.writeUInt16LE(length, offset + LENGTH_AT);
  const end = offset + HEADER_BYTES + length;
  target.writeUInt32LE(crc32(target.subarray(offset + LENGTH_AT, end)), offset + CRC_AT);
  return HEADER_BYTES + length;
}

export function encodeRecord(payload: string): Buffer {
  const record = Buffer.alloc(HEADER_BYTES + payload.length);
  writeRecord(record, 0, payload);
  return record;
}

export interface DecodedChunk {
  /** Views into the chunk. */
  payloads: Buffer[];
  /** For each payload, the offset behind its record. */
  ends: number[];
  /** Bytes that are dealt with, damage included; the next chunk starts here. */
  consumed: number;
  /** Stretches that are not what was written. */
  damaged: number;
  /** Whether bytes at the end were given up as a record that was never completed. */
  torn: boolean;
}

/**
 * Reads the records in `chunk`. Damage is skipped up to the next record that proves itself.
 * @param isFinal nothing will ever follow this chunk; else an incomplete record at its end is left for the next look.
 * @param limit most records to give back.
 */
export function decodeRecords(chunk: Buffer, isFinal: boolean, limit = Number.POSITIVE_INFINITY): DecodedChunk {
  const decoded: DecodedChunk = { payloads: [], ends: [], consumed: 0, damaged: 0, torn: false };
  let at = 0;
  while (at < chunk.length && decoded.payloads.length < limit) {
    const end = recordEnd(chunk, at);
    if (end > 0) {
      decoded.payloads.push(chunk.subarray(at + HEADER_BYTES, end));
      decoded.ends.push(end);
      decoded.consumed = at = end;
      continue;
    }
    const next = nextRecord(chunk, at + 1);
    if (next < 0) {
      if (isFinal) {
        decoded.torn = true;
        decoded.consumed = chunk.length;
      } else if (chunk.length - at > MAX_RECORD_BYTES) {
        decoded.damaged++; // no record that begins here could still be incomplete
        decoded.consumed = chunk.length - MAX_RECORD_BYTES;
      }
      break;
    }
    decoded.damaged++;
    decoded.consumed = at = next;
  }
  return decoded;
}

/** Where the record at `at` ends; 0 when there is none that is complete and intact. */
function recordEnd(chunk: Buffer, at: number): number {
  if (at + HEADER_BYTES > chunk.length || chunk.readUInt16LE(at) !== MARK_VALUE) return 0;
  const length = chunk.readUInt16LE(at + LENGTH_AT);
  const end = at + HEADER_BYTES + length;
  if (length === 0 || length > MAX_PAYLOAD_BYTES || end > chunk.length) return 0;
  return crc32(chunk.subarray(at + LENGTH_AT, end)) === chunk.readUInt32LE(at + CRC_AT) ? end : 0;
}

function nextRecord(chunk: Buffer, from: number): number {
  for (let at = chunk.indexOf(MARK, from); at >= 0; at = chunk.indexOf(MARK, at + 1)) {
    if (recordEnd(chunk, at) > 0) return at;
  }
  return -1;
}
