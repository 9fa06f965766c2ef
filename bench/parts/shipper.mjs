// Measures how fast waiting clicks are stored in MongoDB, compared with a bare write of the same documents. Nothing is pinned,
// and no clicks are made while the waiting ones are shipped.
import { setTimeout as sleep } from 'node:timers/promises';
import { drained } from '../hopback/drain.mjs';
import { count, megabytes, progress } from '../support/report.mjs';
import { mean, median, summary } from '../support/statistics.mjs';

const HALVES = 2;
const MOST_BARE = 50_000;
const POLL_MS = 50;
const LOOK_EVERY_MS = 500;
const STALLED_MS = 30_000;

/** The bare write before and after each half of the clicks, so that a machine that becomes slower does not decide. */
export async function shipper(bench) {
  const half = Math.round(bench.options.clicks.shipper / HALVES);
  const bareCount = Math.min(half, MOST_BARE);
  const load = bench.load.unpinned();
  const hopback = await bench.startHopback({ pinned: false });
  hopback.ledger.enter(await load.send(hopback.port, bench.traffic, bareCount)); // documents for the first bare write
  await drained(hopback);
  await hopback.database.createSibling();

  const bare = [await bareRate(hopback, bareCount)];
  const halves = [];
  for (let i = 0; i < HALVES; i++) {
    await pileUp(hopback, () => load.send(hopback.port, bench.traffic, half));
    const drain = await timeDrain(hopback);
    bare.push(await bareRate(hopback, bareCount));
    halves.push({ ...drain, ratio: drain.rate / mean(bare.slice(-2)) });
    progress(`shipper, ${count(half)} clicks: ${count(drain.rate)} /s, bare ${count(bare.at(-1))} /s`);
  }
  report(bench, { half, bare, halves });
  bench.figures.shipper = { half, bare, halves, recorded: await bench.reportRecorded('Hopback, shipping', hopback) };
  await hopback.stop();
}

async function bareRate({ database }, documents) {
  return database.insertIntoSibling(await database.lastClicks(documents));
}

/** MongoDB stands still meanwhile, so that all clicks wait; redirects go on without it. */
async function pileUp(hopback, click) {
  const mongod = hopback.mongodPid();
  process.kill(mongod, 'SIGSTOP');
  try {
    hopback.ledger.enter(await click());
  } finally {
    process.kill(mongod, 'SIGCONT');
  }
}

/**
 * From the first click that arrives (what tries to reach MongoDB may be waiting before it tries again) until all are stored
 * and in the links' numbers.
 */
async function timeDrain(hopback) {
  const { database, ledger } = hopback;
  const before = await database.approximateClicks();
  const peak = {};
  const used = hopback.processorTimes();
  let begin;
  let last = { stored: before, at: performance.now() };
  let lookedAt = 0;
  for (;;) {
    const stored = await database.approximateClicks();
    const now = performance.now();
    if (stored !== last.stored) {
      const isUndone = stored < (begin ?? last).stored; // a transaction that failed: that was not the beginning
      last = { stored, at: now };
      begin = isUndone ? undefined : (begin ?? last);
    } else if (now - last.at > STALLED_MS) throw new Error(`shipping has stopped at ${stored} of ${ledger.answered}`);
    if (now - lookedAt > LOOK_EVERY_MS) {
      lookedAt = now;
      keepPeak(peak, hopback.memory());
    }
    if (stored >= ledger.answered && (await database.sumOfCounters()) >= ledger.answered) break;
    await sleep(POLL_MS);
  }
  const seconds = (performance.now() - begin.at) / 1000;
  const processor = processorPerClick(used, hopback.processorTimes(), last.stored - before);
  return { seconds, rate: (last.stored - begin.stored) / seconds, peak, processor };
}

/** Processor time for each click, in microseconds by kind of process. It depends less on other programs than the rate. */
function processorPerClick(before, after, clicks) {
  const kinds = Object.keys(before);
  return Object.fromEntries(kinds.map((kind) => [kind, (1e6 * (after[kind] - before[kind])) / clicks]));
}

function keepPeak(peak, now) {
  for (const [kind, bytes] of Object.entries(now)) peak[kind] = Math.max(peak[kind] ?? 0, bytes);
}

function report(bench, { half, bare, halves }) {
  const ratios = summary(halves.map(({ ratio }) => ratio));
  bench.rows.push({
    what: `shipper: ${count(half)} waiting clicks into MongoDB, counted`,
    figure: `${count(median(halves.map(({ rate }) => rate)))} clicks/s`,
    beside: `bare insertMany, ${count(median(bare))} clicks/s`,
    ratio: ratios.median,
    spread: ratios,
  });
  const peaks = halves.map(({ peak }) => peak);
  const most = (kind) => Math.max(...peaks.map((peak) => peak[kind] ?? 0));
  bench.rows.push({
    what: 'shipper: most memory (RSS) meanwhile',
    figure: most('shipper') > 0 ? `${megabytes(most('shipper'))} shipper` : 'no process of its own',
    beside: `main ${megabytes(most('main'))}, mongod ${megabytes(most('mongod'))}`,
  });
  const processor = (kind) => median(halves.map((one) => one.processor[kind] ?? NaN)).toFixed(1);
  bench.rows.push({
    what: 'shipper: processor time for a click',
    figure: `${processor('shipper')} µs shipper`,
    beside: `mongod ${processor('mongod')} µs`,
  });
}
