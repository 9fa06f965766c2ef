import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createConnection, mongo } from 'mongoose';
import { readSettings } from '../../../src/platform/config/settings.js';
import { findMongod } from '../../../src/platform/embedded/binaries.js';
import { startMongod } from '../../../src/platform/embedded/mongod.js';
import { cleanEnvironment, ROOT } from './system-program.js';

const FIXTURES = join(ROOT, 'test', 'system', 'data-folders');
const ENDING = '.json.gz';
const DAY_MS = 86_400_000;
/** Until when something is kept or waited for; of links they are the user's. */
const EXPIRY_FIELDS = ['expiresAt', 'factsDue'];
const QUARTER_MS = 15 * 60_000;
const CLICK_ID = /\b[0-9A-Za-z]{28,32}\b/g;

type Stored = Record<string, unknown>;

interface StoredCollection {
  name: string;
  indexes: unknown[];
  documents: unknown[];
}

/** Data and answers of a built program of an earlier version; written by `node scripts/data-folder.mjs`. */
export interface DataFolderFixture {
  madeAt: string;
  /** API keys by name. */
  keys: Record<string, string>;
  publicUrl: string;
  /** The proofs of domains: `TXT name` and its value. */
  dns: { name: string; value: string }[];
  /** EJSON, types included. */
  collections: StoredCollection[];
  /** All other files that a start reads. */
  files: { name: string; base64: string }[];
  answers: { key: string; path: string; body: unknown }[];
  visits: { host: string; path: string; headers: Record<string, string>; status: number; location: string | null }[];
  /** Clicks that were answered and are in the spool only, and the revenue of the two that have converted. */
  unstored: { linkId: string; clickIds: string[]; revenue: string };
  /** A link with an optimised rotation. */
  optimised: { linkId: string; rotation: unknown };
}

/** The names of all fixtures. */
export function listDataFolders(): string[] {
  return readdirSync(FIXTURES).map((name) => basename(name, ENDING));
}

export function readDataFolder(name: string): DataFolderFixture {
  const packed = readFileSync(join(FIXTURES, `${name}${ENDING}`));
  return JSON.parse(gunzipSync(packed).toString()) as DataFolderFixture;
}

/** Lays a fixture out as the data folder `folder/data`, with an embedded MongoDB that has its documents and indexes. */
export async function layOut(fixture: DataFolderFixture, folder: string): Promise<void> {
  const dataDir = join(folder, 'data');
  for (const { name, base64 } of fixture.files) {
    const path = join(dataDir, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(base64, 'base64'));
  }
  const binary = await findMongod(readSettings(cleanEnvironment()).cacheDir);
  const mongod = await startMongod(binary, join(dataDir, 'mongodb'));
  const connection = await createConnection(mongod.uri).asPromise();
  for (const stored of fixture.collections) {
    const collection = connection.collection(stored.name);
    const indexes = stored.indexes.map((index) => fromEjson<mongo.IndexDescription>(index));
    await collection.createIndexes(indexes);
    const documents = stored.documents
      .map((document) => fromEjson<Stored>(document))
      .map((document) => notExpired(document, stored.name === 'links' ? [] : EXPIRY_FIELDS))
      .map((document) => withRecentResults(stored.name, document, fixture));
    if (documents.length > 0) await collection.insertMany(documents);
  }
  await connection.close();
  await mongod.stop();
}

function fromEjson<T>(value: unknown): T {
  return mongo.BSON.EJSON.deserialize(value as mongo.BSON.Document, { relaxed: false }) as T;
}

function notExpired(document: Stored, fields: readonly string[]): Stored {
  const tomorrow = new Date(Date.now() + DAY_MS);
  const past = Object.entries(document).filter(
    ([name, value]) => fields.includes(name) && value instanceof Date && value < tomorrow,
  );
  return { ...document, ...Object.fromEntries(past.map(([name]) => [name, tomorrow])) };
}

/** The results of optimised variants are in their last days, as they were then. Other times stay: click ids contain them. */
function withRecentResults(collection: string, document: Stored, { madeAt, optimised }: DataFolderFixture): Stored {
  if (document['linkId'] !== optimised.linkId) return document;
  const ageMs = Math.max(0, Math.floor((Date.now() - Date.parse(madeAt)) / QUARTER_MS) * QUARTER_MS);
  if (collection === 'conversions') return { ...document, convertedAt: later(document['convertedAt'], ageMs) };
  if (collection !== 'linkQuarters') return document;
  const [linkId = '', seconds, stripe] = (document['_id'] as string).split(':');
  const id = `${linkId}:${Number(seconds) + ageMs / 1_000}:${stripe}`;
  return { ...document, _id: id, at: later(document['at'], ageMs) };
}

function later(time: unknown, ms: number): Date {
  return new Date((time as Date).getTime() + ms);
}

export interface FolderAnswer {
  status: number;
  location: string | null;
  text: string;
}

/** A request to a port of this machine, whatever the host name: no name is looked up. */
export function ask(
  port: number,
  path: string,
  { host = 'localhost', method = 'GET', headers = {} }: AskOptions = {},
): Promise<FolderAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        const location = response.headers.location?.replace(CLICK_ID, '<click_id>') ?? null;
        resolve({ status: response.statusCode ?? 0, location, text });
      });
    });
    sent.on('error', reject).end();
  });
}

interface AskOptions {
  host?: string;
  method?: string;
  headers?: Record<string, string>;
}
