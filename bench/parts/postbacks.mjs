// Measures the time from a postback's request to its answer (with conversion, history, counters and log entry committed),
// and the cost of forged click ids.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startReference } from '../servers/references.mjs';
import { processorSeconds } from '../support/processes.mjs';
import { count, milliseconds, progress } from '../support/report.mjs';
import { mean, median, summary } from '../support/statistics.mjs';

/** Postbacks a second: a busy workspace's, and what must be possible. */
const RATES = [100, 500];
const WARM_UP_SECONDS = 4;
const CLICKS = 20_000;
/** Of each click there is a registration, a first deposit, and two deposits; each comes twice, as networks do. */
const WAVE = 1_000;
const EVENTS = ['event=registration', 'event=ftd&payout=50', 'event=deposit&payout=20', 'event=deposit&payout=20'];
const QUANTILES = { p50: 'p50', p99: 'p99', p999: 'p99.9' };
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const FORGED_FILE = 50_000;
const READ_COLLECTIONS = ['links', 'clicks', 'conversions', 'networks', 'postbacks', 'playerLocks'];

/** @param {import('./bench.mjs').Bench} bench */
export async function postbacks(bench) {
  const { rounds, seconds, forged } = bench.options;
  const hopback = await bench.startHopback({ pinned: false });
  const uri = await hopback.mongodbUri();
  const base = await startReference('insert', { traffic: bench.traffic, env: { MONGODB_URI: uri } });
  const clickIds = (await hopback.database.lastClicks(CLICKS)).map(({ _id }) => _id);
  const network = await hopback.api('POST', '/networks', { name: 'Casino', currency: 'EUR' });
  const paced = new Paced(bench, network.key, clickIds);
  const figures = {};
  for (const rate of RATES) {
    await paced.run(hopback.port, rate, WARM_UP_SECONDS);
    await paced.run(base.port, rate, WARM_UP_SECONDS);
    const list = [];
    for (let round = 0; round < rounds; round++) {
      const before = await paced.run(base.port, rate, seconds);
      const begin = processorTime(hopback);
      const ours = await paced.run(hopback.port, rate, seconds);
      const processor = each(begin, processorTime(hopback), ours.answered);
      const after = await paced.run(base.port, rate, seconds);
      list.push({ ours, bases: [before, after], processor });
      progress(`postbacks at ${rate} /s, round ${round + 1} of ${rounds}: p99 ${milliseconds(ours.p99)}`);
    }
    report(bench, rate, list);
    figures[rate] = list;
  }
  await base.stop();
  bench.figures.postbacks = {
    rates: figures,
    forged: await forge(bench, hopback, network.key, clickIds, forged),
  };
  await hopback.stop();
}

/** Postbacks that were never sent before, at a fixed rate. */
class Paced {
  #sent = 0;

  constructor(bench, key, clickIds) {
    this.bench = bench;
    this.key = key;
    this.clickIds = clickIds;
  }

  run(port, rate, seconds) {
    const lines = Array.from({ length: rate * (seconds + 1) }, () => this.#next());
    return this.bench.load.pace(port, requestsOf(this.bench, lines), rate, seconds, { inOrder: true, status: '200' });
  }

  #next() {
    // A thousand players at a time; the repeat comes a second or two after.
    const [wave, place] = [Math.floor(this.#sent / WAVE), this.#sent++ % WAVE];
    const number = Math.floor(wave / 2) * WAVE + place;
    const clickId = this.clickIds[(Math.floor(wave / (2 * EVENTS.length)) * WAVE + place) % this.clickIds.length];
    const event = EVENTS[Math.floor(wave / 2) % EVENTS.length];
    return `postback/${this.key}?click_id=${clickId}&${event}&txid=T-${number}`;
  }
}

/** @returns {import('../load/traffic.mjs').Traffic} for the own generator, one request after the other */
function requestsOf({ folder }, lines) {
  const requestsFile = join(folder, 'postbacks.json');
  const tail = 'Host: go.brand.example\r\nUser-Agent: Network/1.0\r\nAccept: */*\r\n\r\n';
  writeFileSync(requestsFile, JSON.stringify({ slugs: lines, tails: [tail] }));
  return { requestsFile };
}

function report(bench, rate, list) {
  for (const [quantile, title] of Object.entries(QUANTILES)) {
    const ratios = summary(list.map(({ ours, bases }) => ours[quantile] / mean(bases.map((one) => one[quantile]))));
    const beside = median(list.flatMap(({ bases }) => bases.map((one) => one[quantile])));
    bench.rows.push({
      what: `Hopback: postbacks at ${rate} /s, ${title}`,
      figure: milliseconds(median(list.map(({ ours }) => ours[quantile]))),
      beside: `one document inserted, ${milliseconds(beside)}`,
      ratio: ratios.median,
      spread: ratios,
    });
  }
  const [main, mongod] = ['main', 'mongod'].map((name) => median(list.map(({ processor }) => processor[name])));
  bench.rows.push({
    what: `Hopback: processor time a postback at ${rate} /s`,
    figure: milliseconds(main),
    beside: `its mongod, ${milliseconds(mongod)}`,
  });
}

/** Seconds that the app and its MongoDB have used so far. */
function processorTime(hopback) {
  return { main: processorSeconds(hopback.program.pid), mongod: processorSeconds(hopback.mongodPid()) };
}

/** Microseconds a request. */
function each(before, after, requests) {
  const of = (name) => ((after[name] - before[name]) * 1e6) / requests;
  return { main: of('main'), mongod: of('mongod') };
}

/** Forged click ids: invented ones, or real ones with a character changed, removed or added. */
async function forge(bench, hopback, key, clickIds, total) {
  const { database, port } = hopback;
  const lines = Array.from({ length: Math.min(total, FORGED_FILE) }, (_, i) => {
    const id = mangled(clickIds[i % clickIds.length], i);
    return `postback/${key}?click_id=${id}&event=ftd&payout=9999`;
  });
  const network = await hopback.api('POST', '/networks', { name: 'Forger', security: { ratePerMinute: 1_000_000 } });
  const traffic = requestsOf(
    bench,
    lines.map((line) => line.replace(key, network.key)),
  );
  await bench.load.send(port, traffic, 1, { status: '422' }); // from now on its key is known
  const before = await database.reads(READ_COLLECTIONS);
  const { seconds, rate } = await bench.load.send(port, traffic, total, { inOrder: true, status: '422' });
  const after = await database.reads(READ_COLLECTIONS);
  const reads = Object.fromEntries(READ_COLLECTIONS.map((name) => [name, after[name] - before[name]]));
  const { data } = await hopback.api('GET', `/conversions?networkId=${network.id}`);
  const sum = Object.values(reads).reduce((all, one) => all + one, 0);
  bench.rows.push({
    what: `Hopback: ${count(total)} forged click ids`,
    figure: `${data.length} accepted, ${count(sum)} database reads`,
    beside: `${count(rate)} /s, each logged`,
  });
  if (data.length > 0) bench.problems.push('a forged click id was accepted');
  return { total, seconds, rate, accepted: data.length, reads };
}

function mangled(clickId, i) {
  const at = i % clickId.length;
  const other = BASE62[(BASE62.indexOf(clickId[at]) + 1 + (i % (BASE62.length - 1))) % BASE62.length];
  switch (i % 4) {
    case 0:
      return clickId.slice(0, at) + clickId.slice(at + 1);
    case 1:
      return clickId.slice(0, at) + other + clickId.slice(at);
    default:
      return clickId.slice(0, at) + other + clickId.slice(at + 1);
  }
}
