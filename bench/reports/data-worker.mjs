// Makes a share of the data in a process of its own. Its only argument is its task (JSON).
import { readFileSync } from 'node:fs';
import mongoose from 'mongoose';
import { DataSet } from './data-set.mjs';

/** @type {{uri: string, planFile: string, worker: number, workers: number}} */
const { uri, planFile, worker, workers } = JSON.parse(process.argv[2]);
const data = new DataSet(JSON.parse(readFileSync(planFile, 'utf8')));
const client = await mongoose.mongo.MongoClient.connect(uri, { ignoreUndefined: true });
const options = { ordered: false, writeConcern: { w: 1, j: false } };

/** One batch is on its way while the next one is made. */
let sent = Promise.resolve();
for (let number = worker; number < data.chunks; number += workers) {
  const { clicks, conversions } = data.chunk(number);
  await sent;
  sent = store(clicks, conversions);
}
await sent;
await client.close();

async function store(clicks, conversions) {
  await client.db().collection('clicks').insertMany(clicks, options);
  if (conversions.length > 0) await client.db().collection('conversions').insertMany(conversions, options);
}
