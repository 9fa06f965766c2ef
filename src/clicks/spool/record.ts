import { crc32 } from 'node:zlib';

// One record: u32 length of the payload, u32 CRC-32 of the payload, payload. Little endian.
export const HEADER_BYTES = 8;
/** No click comes near this; a greater length can only be damage. */
export const MAX_PAYLOAD_BYTES = 64 * 1024;

export function encodeRecord(payload: Uint8Array): Buffer {
  if (payload.length === 0 || payload.length > MAX_PAYLOAD_BYTES) {
    throw new RangeError(`a spool record has 1 to ${MAX_PAYLOAD_BYTES} bytes, not ${payload.length}`);
  }
  const record = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  record.writeUInt32LE(payload.length, 0);
  record.writeUInt32LE(crc32(payload), 4);
  record.set(payload, HEADER_BYTES);
  return record;
}

export interface DecodedChunk {
  payloads: Buffer[];
  /** Bytes read, damaged records included; the next chunk starts here. */
  consumed: number;
  /** Records that were complete but not what was written. */
  damaged: number;
  /** The length field itself is not believable: nothing behind it can be found any more. */
  lost: boolean;
}

/**
 * Reads the records that are complete in `chunk`. A record whose CRC does not match is skipped and counted; a record that
 * is not complete yet (or a torn tail) is left unread.
 */
export function decodeRecords(chunk: Buffer): DecodedChunk {
  const payloads: Buffer[] = [];
  let consumed = 0;
  let damaged = 0;
  while (consumed + HEADER_BYTES <= chunk.length) {
    const length = chunk.readUInt32LE(consumed);
    if (length === 0 || length > MAX_PAYLOAD_BYTES) return { payloads, consumed, damaged, lost: true };
    const end = consumed + HEADER_BYTES + length;
    if (end > chunk.length) break;
    const payload = chunk.subarray(consumed + HEADER_BYTES, end);
    if (crc32(payload) === chunk.readUInt32LE(consumed + 4)) payloads.push(payload);
    else damaged++;
    consumed = end;
  }
  return { payloads, consumed, damaged, lost: false };
}
