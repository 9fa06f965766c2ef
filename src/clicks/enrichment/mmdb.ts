import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { type CityResponse, Reader } from 'maxmind';

/** An open MaxMind DB. `get` returns the raw record of an address, or null. */
export interface Mmdb {
  get(ip: string): unknown;
}

/** Decoded records in the cache; most are shared by many addresses. */
const CACHED_RECORDS = 10_000;
/** Records that are read to find the kind of a database, as the first ones may lack its fields. */
const SAMPLES = 1_000;
const MAX_STEPS = 20_000;

/**
 * Opens an operator's database and checks its kind.
 * @param isWanted whether a record has the facts that the database is needed for.
 * @throws Error that says what is wrong with the file.
 */
export async function openMmdb(path: string, isWanted: (record: unknown) => boolean): Promise<Mmdb> {
  const bytes = await readFile(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw new Error('it is compressed; unpack it and name the .mmdb file');
  const reader = readerOf(bytes);
  if (!hasRecord(reader, isWanted)) {
    throw new Error(`it is a database of another kind ("${reader.metadata.databaseType}"), or empty`);
  }
  return reader;
}

/**
 * A database that is read at the first look-up, synchronously and as a whole: half of the packaged data is for IPv6, and an
 * installation may never see such an address.
 * @param onError called once when the file cannot be read. All look-ups return null then.
 */
export function lazyMmdb(path: string, onError: (error: unknown) => void): Mmdb {
  let reader: Mmdb | undefined;
  return {
    get: (ip) => {
      if (!reader) {
        try {
          reader = readerOf(readFileSync(path));
        } catch (error) {
          reader = { get: () => null };
          onError(error);
        }
      }
      return reader.get(ip);
    },
  };
}

function readerOf(bytes: Buffer): Reader<CityResponse> {
  let reader: Reader<CityResponse> | undefined;
  try {
    // The option `{ cache: { max } }` is for `maxmind.open` only; the reader takes the cache itself.
    reader = new Reader<CityResponse>(bytes, { cache: new LRUCache<string | number, object>({ max: CACHED_RECORDS }) });
  } catch {
    // The error of the reader ("Unsupported record size") misleads for files of another format.
  }
  if (!reader || !(reader.metadata.nodeCount > 0))
    throw new Error('it is not a MaxMind DB (.mmdb) file, or it is damaged');
  return reader;
}

/** Whether one of the first records, in the order of addresses, is wanted. */
function hasRecord(reader: Reader<CityResponse>, isWanted: (record: unknown) => boolean): boolean {
  const bits = reader.metadata.ipVersion === 4 ? 32 : 128;
  const end = 1n << BigInt(bits);
  let samples = 0;
  let address = 0n;
  for (let step = 0; step < MAX_STEPS && samples < SAMPLES && address < end; step++) {
    const [record, prefixLength] = reader.getWithPrefixLength(addressText(address, bits));
    if (record !== null) {
      if (isWanted(record)) return true;
      samples++;
    }
    address += 1n << BigInt(bits - prefixLength);
  }
  return false;
}

function addressText(address: bigint, bits: 32 | 128): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
  const digits = address.toString(16).padStart(32, '0');
  return digits.replace(/.{4}(?!$)/g, '$&:');
}
