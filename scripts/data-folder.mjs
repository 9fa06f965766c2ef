// node scripts/data-folder.mjs [--program FOLDER] [--folder FOLDER] FILE: makes a data folder as the built program fills it, and
// writes into FILE what a test needs to lay it out again and to ask it the same questions (test/system/data-folder.system-spec.ts).
// --program: the checkout whose dist/ is run. Default: this one. --folder: where the data folder is made, and stays.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { decode, encode } from 'dns-packet';
import mongoose from 'mongoose';
import { Client, clickUnstored, play, visit } from './data-folder-traffic.mjs';
import { root } from './setup.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { program: { type: 'string', default: root }, folder: { type: 'string' } },
});
const [file] = positionals;
if (file === undefined) throw new Error('name the file to write, such as test/system/data-folders/v1.json.gz');
const program = resolve(values.program);
const folder = resolve(values.folder ?? mkdtempSync(join(tmpdir(), 'hopback-data-folder-')));
const dataDir = join(folder, 'data');
const { EJSON } = mongoose.mongo.BSON;
/** Rebuilt at each start, or of a running program. */
const LEFT_OUT_FILES = /^(?:mongodb|redis|reports|hopback\.lock)/;
/** Names the machine, and is removed by MongoDB within minutes. */
const LEFT_OUT_COLLECTIONS = ['instances'];
const PUBLIC_URL = 'http://go.brand.example';

/** A DNS server for the proofs of domains. All other names are unknown. */
async function startDns() {
  const records = new Map();
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.on('message', (message, { address, port }) => {
    const { id, questions } = decode(message);
    const [{ type, name }] = questions;
    const data = records.get(`${type} ${name.toLowerCase()}`);
    const answers = data === undefined ? [] : [{ type, name, ttl: 0, class: 'IN', data }];
    socket.send(encode({ type: 'response', id, flags: data === undefined ? 3 : 0, questions, answers }), port, address);
  });
  const set = (type, name, value) => records.set(`${type} ${name}`, value);
  return { address: `127.0.0.1:${socket.address().port}`, set, records, close: () => socket.close() };
}

/** Starts the program, and waits until it answers. */
async function start(port, dns) {
  const settings = {
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    PUBLIC_URL,
    DNS_SERVERS: dns.address,
    TRUSTED_PROXIES: '127.0.0.1/32',
    RATE_LIMIT_KEY: '0',
  };
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings };
  const server = spawn(process.execPath, [join(program, 'dist', 'main.js')], { cwd: folder, env: environment });
  process.once('exit', () => server.kill('SIGKILL'));
  server.stderr.pipe(process.stderr);
  let output = '';
  server.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  while (!/^Hopback is ready/m.test(output)) {
    if (server.exitCode !== null) throw new Error(`the program ended:\n${output}`);
    await sleep(100);
  }
  return server;
}

/** The process that brings clicks into MongoDB. */
function shipperOf(server) {
  const isShipper = (pid) => {
    try {
      const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return Number(parent) === server.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('shipper.main.js');
    } catch {
      return false; // has ended
    }
  };
  const found = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isShipper(name));
  if (found === undefined) throw new Error('the shipper does not run');
  return Number(found);
}

/** The answers of the API. Lists hold at most one page, for which the traffic is small enough. */
async function ask(client, keys, { links, networks, clicks }) {
  const some = [...clicks.summer, ...clicks.plain, ...clicks.rules].filter((_, i) => i % 7 === 0).map(({ id }) => id);
  const lists = ['links', 'domains', 'networks', 'conversions', 'postbacks', 'api-keys', 'visitor-rules'];
  // Exports are in the audit log, so the log as a whole grows.
  const audited = ['link.created', 'link.updated', 'network.created', 'workspace.updated', 'click.erased'];
  const paths = [
    '/workspaces/current',
    `/exchange-rates?date=${new Date().toISOString().slice(0, 10)}`,
    '/links/tags',
    '/links/import',
    '/conversions/imports',
    '/utm-templates',
    ...lists.map((name) => `/${name}?limit=100`),
    ...audited.map((action) => `/audit-log?limit=100&action=${action}`),
    ...['clicks', 'conversions', 'postbacks', 'links'].map((name) => `/${name}/export`),
  ];
  const own = {
    brand: [
      ...paths,
      ...some.map((id) => `/clicks/${id}`),
      '/links/ext_ext-1',
      `/links/${links.renamed.id}/aliases`,
      `/networks/${networks.casino.id}`,
      '/conversions?isFtd=true',
      '/conversions?flag=rate_missing',
      '/conversions?playerId=p4',
    ],
    agency: paths,
    reader: ['/links?limit=100', '/conversions?limit=100'],
  };
  const answers = [];
  for (const [key, asked] of Object.entries(own)) {
    for (const path of asked) {
      const headers = { authorization: `Bearer ${keys[key]}` };
      const { status, text } = await client.send('GET', 'localhost', `/api/v1${path}`, headers);
      if (status !== 200) throw new Error(`GET ${path}: ${status} ${text}`);
      answers.push({ key, path, body: path.endsWith('/export') ? text : JSON.parse(text) });
    }
  }
  return answers;
}

/** All collections with their documents and indexes, types included. */
async function readMongodb() {
  const load = (path) => import(pathToFileURL(join(program, 'dist', 'platform', path)).href);
  const { startMongod } = await load('embedded/mongod.js');
  const { findMongod } = await load('embedded/binaries.js');
  const { readSettings } = await load('config/settings.js');
  const mongod = await startMongod(await findMongod(readSettings({}).cacheDir), join(dataDir, 'mongodb'));
  const connection = await mongoose.createConnection(mongod.uri).asPromise();
  const collections = [];
  for (const { name } of await connection.db.listCollections().toArray()) {
    if (LEFT_OUT_COLLECTIONS.includes(name) || name.startsWith('system.')) continue;
    const collection = connection.db.collection(name);
    const documents = await collection.find({}, { promoteValues: false }).sort({ _id: 1 }).toArray();
    collections.push({ name, indexes: await collection.indexes(), documents });
  }
  await connection.close();
  await mongod.stop();
  return EJSON.serialize(collections, { relaxed: false });
}

/** The other files that the next start reads. */
function readFiles() {
  const names = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dataDir.length + 1));
  const kept = names.filter((name) => !LEFT_OUT_FILES.test(name));
  return kept.map((name) => ({
    name: name.split(sep).join('/'),
    base64: readFileSync(join(dataDir, name)).toString('base64'),
  }));
}

mkdirSync(folder, { recursive: true });
const dns = await startDns();
const port = 20_000 + Math.floor(Math.random() * 10_000);
const server = await start(port, dns);
const client = new Client(port);
const mainKey = readFileSync(join(dataDir, 'first-api-key'), 'utf8').trim();
const made = await play(client, mainKey, dns);
const visits = await visit(client, made);
const isStored = ({ stats }) => stats.clicks.total === 0;
await client.until(() => client.api(made.keys.late, 'GET', `/links/${made.links.late.id}`), isStored);
// Facts of clicks and revenue follow conversions in the background.
await sleep(5_000);
const answers = await ask(client, made.keys, made);
const rotation = await client.api(made.keys.late, 'GET', `/links/${made.links.optimised.id}/rotation`);
const shipper = shipperOf(server);
process.kill(shipper, 'SIGSTOP');
const unstored = await clickUnstored(client, made);
server.kill('SIGKILL');
await once(server, 'exit');
process.kill(shipper, 'SIGKILL');
dns.close();
const optimised = { linkId: made.links.optimised.id, rotation };
const fixture = {
  madeAt: new Date().toISOString(),
  keys: made.keys,
  publicUrl: PUBLIC_URL,
  dns: [...dns.records].map(([name, value]) => ({ name, value })),
  collections: await readMongodb(),
  files: readFiles(),
  answers,
  visits,
  unstored,
  optimised,
};
const packed = gzipSync(JSON.stringify(fixture), { level: 9 });
writeFileSync(file, packed);
console.log(`${file}: ${packed.length} bytes, ${fixture.collections.length} collections; data folder: ${dataDir}`);
if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
