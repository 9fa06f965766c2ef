// Puts the data of the part "reports" into the database of a Hopback that does not run.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { Program, unusedPort } from '../support/program.mjs';

const WORKER = fileURLToPath(new URL('data-worker.mjs', import.meta.url));
const MAX_WORKERS = 4;
const PATIENCE_MS = 3_600_000;
const START_PATIENCE_MS = 60_000;
/** More than Hopback's own, which is for smaller writes. */
const CACHE_GB = '2';

/**
 * The mongod runs alone, without a replica set: its oplog would double the writes. Indexes are made at the end, which is
 * faster than keeping them up to date.
 * @param {{mongod: string, dataDir: string, folder: string, plan: import('./data-set.mjs').DataSetPlan}} task
 */
export async function makeData({ mongod, dataDir, folder, plan }) {
  const planFile = join(folder, 'plan.json');
  writeFileSync(planFile, JSON.stringify(plan));
  const port = await unusedPort();
  const place = [
    '--dbpath',
    join(dataDir, 'mongodb'),
    '--port',
    String(port),
    '--bind_ip',
    '127.0.0.1',
    '--nounixsocket',
  ];
  const server = new Program([mongod, ...place, '--wiredTigerCacheSizeGB', CACHE_GB, '--journalCommitInterval', '500']);
  const uri = `mongodb://127.0.0.1:${port}/hopback?directConnection=true`;
  const client = await connected(uri, server);
  const collections = ['clicks', 'conversions'].map((name) => client.db().collection(name));
  const indexes = await Promise.all(collections.map(takeIndexes));
  const workers = Math.min(MAX_WORKERS, availableParallelism());
  const programs = Array.from({ length: workers }, (_, worker) => {
    return new Program([process.execPath, WORKER, JSON.stringify({ uri, planFile, worker, workers })]);
  });
  await Promise.all(programs.map((program) => program.finish(PATIENCE_MS)));
  for (const [i, collection] of collections.entries()) {
    for (const { key, v: _v, ...settings } of indexes[i]) await collection.createIndex(key, settings);
  }
  await client.close();
  await server.stop(START_PATIENCE_MS);
}

async function connected(uri, server) {
  for (const end = performance.now() + START_PATIENCE_MS; ; await sleep(200)) {
    try {
      return await mongoose.mongo.MongoClient.connect(uri, { serverSelectionTimeoutMS: 1_000 });
    } catch (error) {
      if (performance.now() > end)
        throw new Error(`mongod did not start:\n${server.output.slice(-2_000)}`, { cause: error });
    }
  }
}

/** Removes the indexes of a collection, and returns them. */
async function takeIndexes(collection) {
  const indexes = (await collection.indexes()).filter(({ name }) => name !== '_id_');
  await collection.dropIndexes();
  return indexes;
}
