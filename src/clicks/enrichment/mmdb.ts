import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { type CityResponse, Reader } from 'maxmind';

/** A MaxMind DB that is open: gives the record of an address as it stands there, or null. */
export interface Mmdb {
  get(ip: string): unknown;
}

/** Decoded records, most of which are shared by many addresses. */
const CACHED_RECORDS = 10_000;
/** Enough to tell what kind of records a database has; the first ones may be bare. */
const SAMPLES = 1_000;
const MOST_STEPS = 20_000;

/**
 * Opens an operator's database and makes sure that it is one, of the kind wanted.
 * @param isWanted whether a record has what the database is for
 * @throws Error that says what is wrong with the file.
 */
export async function openMmdb(path: string, isWanted: (record: unknown) => boolean): Promise<Mmdb> {
  const bytes = await readFile(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw new Error('it is compressed; unpack it to the .mmdb file inside');
  const reader = readerOf(bytes);
  if (!hasRecord(reader, isWanted)) {
    throw new Error(`it is a database of another kind ("${reader.metadata.databaseType}"), or empty`);
  }
  return reader;
}

/**
 * A database that is read when it is first asked, at once and wholly: half of the size of what comes along is for IPv6,
 * and an installation may never see such an address.
 * @param onError is told once why there will be no records from this file
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
    // Its own `{ cache: { max } }` is for `maxmind.open` only; the reader wants the cache itself.
    reader = new Reader<CityResponse>(bytes, { cache: new LRUCache<string | number, object>({ max: CACHED_RECORDS }) });
  } catch {
    // What it says ("Unsupported record size") is about a file that it takes for granted.
  }
  if (!reader || !(reader.metadata.nodeCount > 0)) throw new Error('it is no MaxMind DB (.mmdb) file, or damaged');
  return reader;
}

/** Whether one of the first records, in the order of their addresses, is a wanted one. */
function hasRecord(reader: Reader<CityResponse>, isWanted: (record: unknown) => boolean): boolean {
  const bits = reader.metadata.ipVersion === 4 ? 32 : 128;
  const end = 1n << BigInt(bits);
  let samples = 0;
  let address = 0n;
  for (let step = 0; step < MOST_STEPS && samples < SAMPLES && address < end; step++) {
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
