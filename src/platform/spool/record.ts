import { crc32 } from 'node:zlib';

// One record: mark (2 bytes), CRC-32 of the rest (u32), length of the payload (u16 or u32), payload. Little endian.
// A payload cannot contain the mark, which begins with NUL: no payload may contain it (no header of an HTTP request does).
// So a reader finds the next record after damage, and no payload can contain a forged record.
const MARK_BYTES = 2;
const CRC_AT = MARK_BYTES;
const LENGTH_AT = 6;

/** The format of records. A folder has records of one format only. */
export interface RecordFormat {
  /** As in the file; little endian. */
  mark: number;
  headerBytes: number;
  /** A greater length means damage. */
  maxPayloadBytes: number;
  maxRecordBytes: number;
}

/** For clicks, which are always shorter (see click-record.ts). */
export const SMALL_RECORDS = formatOf(0xb7, 2, 8 * 1024);
/** For whole requests: a body of 64 KiB, each byte of which may be escaped (`\\u0001`), and its other fields. */
export const LARGE_RECORDS = formatOf(0xb8, 4, 512 * 1024);

function formatOf(letter: number, lengthBytes: 2 | 4, maxPayloadBytes: number): RecordFormat {
  const headerBytes = LENGTH_AT + lengthBytes;
  return { mark: letter << 8, headerBytes, maxPayloadBytes, maxRecordBytes: headerBytes + maxPayloadBytes };
}

/**
 * Writes one record into `target`, which must have `maxRecordBytes` left at `offset`.
 * @param payload latin1 text, one byte for each character, without NUL.
 * @returns the bytes written.
 * @throws RangeError when the payload is empty or too long.
 */
export function writeRecord(target: Buffer, offset: number, payload: string, format = SMALL_RECORDS): number {
  const { headerBytes, maxPayloadBytes } = format;
  const length = payload.length;
  if (length === 0 || length > maxPayloadBytes) {
    throw new RangeError(`a spool record has 1 to ${maxPayloadBytes} bytes, not ${length}`);
  }
  target.write(payload, offset + headerBytes, length, 'latin1');
  target.writeUInt16LE(format.mark, offset);
  if (isSmall(format)) target.writeUInt16LE(length, offset + LENGTH_AT);
  else target.writeUInt32LE(length, offset + LENGTH_AT);
  const end = offset + headerBytes + length;
  target.writeUInt32LE(crc32(target.subarray(offset + LENGTH_AT, end)), offset + CRC_AT);
  return headerBytes + length;
}

export function encodeRecord(payload: string, format = SMALL_RECORDS): Buffer {
  const record = Buffer.alloc(format.headerBytes + payload.length);
  writeRecord(record, 0, payload, format);
  return record;
}

function isSmall({ headerBytes }: RecordFormat): boolean {
  return headerBytes === SMALL_RECORDS.headerBytes;
}

export interface DecodedChunk {
  /** Views into the chunk. */
  payloads: Buffer[];
  /** For each payload, the offset after its record. */
  ends: number[];
  /** Processed bytes, including damage; the next chunk starts here. */
  consumed: number;
  /** Number of damaged ranges. */
  damaged: number;
  /** Whether bytes at the end were skipped as a record that was never completed. */
  torn: boolean;
}

/**
 * Reads the records in `chunk`. Damage is skipped up to the next record with a valid checksum.
 * @param isFinal nothing follows this chunk; else an incomplete record at its end is left for the next call.
 * @param limit maximum number of records to return.
 */
export function decodeRecords(
  chunk: Buffer,
  isFinal: boolean,
  limit = Number.POSITIVE_INFINITY,
  format = SMALL_RECORDS,
): DecodedChunk {
  const decoded: DecodedChunk = { payloads: [], ends: [], consumed: 0, damaged: 0, torn: false };
  let at = 0;
  while (at < chunk.length && decoded.payloads.length < limit) {
    const end = recordEnd(chunk, at, format);
    if (end > 0) {
      decoded.payloads.push(chunk.subarray(at + format.headerBytes, end));
      decoded.ends.push(end);
      decoded.consumed = at = end;
      continue;
    }
    const next = nextRecord(chunk, at + 1, format);
    if (next < 0) {
      if (isFinal) {
        decoded.torn = true;
        decoded.consumed = chunk.length;
      } else if (chunk.length - at > format.maxRecordBytes) {
        decoded.damaged++; // no record that begins here could still be incomplete
        decoded.consumed = chunk.length - format.maxRecordBytes;
      }
      break;
    }
    decoded.damaged++;
    decoded.consumed = at = next;
  }
  return decoded;
}

/** The end of the record at `at`; 0 when there is no complete and intact record. */
function recordEnd(chunk: Buffer, at: number, format: RecordFormat): number {
  const { headerBytes, maxPayloadBytes, mark } = format;
  if (at + headerBytes > chunk.length || chunk.readUInt16LE(at) !== mark) return 0;
  const length = isSmall(format) ? chunk.readUInt16LE(at + LENGTH_AT) : chunk.readUInt32LE(at + LENGTH_AT);
  const end = at + headerBytes + length;
  if (length === 0 || length > maxPayloadBytes || end > chunk.length) return 0;
  return crc32(chunk.subarray(at + LENGTH_AT, end)) === chunk.readUInt32LE(at + CRC_AT) ? end : 0;
}

function nextRecord(chunk: Buffer, from: number, format: RecordFormat): number {
  const mark = Buffer.alloc(MARK_BYTES);
  mark.writeUInt16LE(format.mark);
  for (let at = chunk.indexOf(mark, from); at >= 0; at = chunk.indexOf(mark, at + 1)) {
    if (recordEnd(chunk, at, format) > 0) return at;
  }
  return -1;
}
