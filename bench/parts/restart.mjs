// Measures the first clicks after a start, with hot links in Redis and with an empty Redis. Nothing is pinned.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { drained } from '../hopback/drain.mjs';
import { Hopback } from '../hopback/hopback.mjs';
import { createTraffic } from '../load/traffic.mjs';
import { count, milliseconds, progress } from '../support/report.mjs';
import { median, summary } from '../support/statistics.mjs';

/** The last clicks before the end: Redis has written them to its disk, and the snapshot is saved. */
const SETTLED_MS = 6_000;
const MAX_ATTEMPTS = 5;
/** Of the rate that is measured. */
const CALM_SHARE = 1 / 8;
const KINDS = { restart: 'a restart', fresh: 'a new instance' };

/** @param {import('./bench.mjs').Bench} bench */
export async function restart(bench) {
  const { rounds, hot, rate } = bench.options;
  const run = {
    load: bench.load.unpinned(),
    traffic: createTraffic(bench.folder, hot),
    hopback: await Hopback.start(),
    rate,
  };
  const { hopback, traffic } = run;
  await hopback.createLinks(traffic.slugs.slice(0, 1));
  await hopback.database.copyLink({ slug: traffic.slugs[0] }, traffic.slugs.slice(1));
  await hopback.database.ageLinks();
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    for (const kind of Object.keys(KINDS)) {
      await makeHot(run);
      const withRedis = await firstClicks(run, kind);
      await drained(hopback);
      const without = await firstClicks(run, kind, { empty: true });
      measured.push({ kind, withRedis, without });
      progress(
        `restart, round ${round + 1} of ${rounds}, ${KINDS[kind]}: ${tell(withRedis)}; empty Redis: ${tell(without)}`,
      );
    }
  }
  for (const kind of Object.keys(KINDS)) {
    report(
      bench,
      `after ${KINDS[kind]}, ${count(hot)} links, ${count(rate)} /s`,
      measured.filter((one) => one.kind === kind),
    );
  }
  bench.figures.restart = { measured };
  await hopback.stop();
}

/** A start that knows no link; then each is clicked, slowly, until none is answered 503: others may use the machine. */
async function makeHot({ hopback, load, traffic, rate }) {
  await hopback.end();
  removeSnapshots(hopback.dataDir);
  removeRedis(hopback.dataDir);
  await hopback.launch();
  const settings = { inOrder: true, leadSeconds: 0, others: ['503'] };
  const calm = rate * CALM_SHARE;
  for (let attempt = 1; ; attempt++) {
    const result = await load.pace(hopback.port, traffic, calm, traffic.slugs.length / calm, settings);
    if (result.statuses['503'] === undefined && result.unsent === 0) break;
    if (attempt === MAX_ATTEMPTS) throw new Error(`not every link led somewhere, ${attempt} times`);
  }
  await drained(hopback);
  await sleep(SETTLED_MS);
}

/** Starts Hopback again, and clicks each link once. */
async function firstClicks({ hopback, load, traffic, rate }, kind, { empty = false } = {}) {
  await hopback.end();
  if (kind === 'fresh') removeSnapshots(hopback.dataDir);
  if (empty) removeRedis(hopback.dataDir);
  await hopback.launch();
  const before = await hopback.database.reads(['links']);
  const settings = { inOrder: true, leadSeconds: 0, others: ['503'] };
  const result = await load.pace(hopback.port, traffic, rate, traffic.slugs.length / rate, settings);
  const after = await hopback.database.reads(['links']);
  return { queries: after.links - before.links, unavailable: result.statuses['503'] ?? 0, ...result };
}

function removeRedis(dataDir) {
  rmSync(join(dataDir, 'redis'), { recursive: true, force: true });
}

function removeSnapshots(dataDir) {
  for (const name of readdirSync(dataDir)) if (name.endsWith('.snapshot')) rmSync(join(dataDir, name));
}

const TITLES = {
  queries: 'queries to MongoDB',
  p50: 'p50 of first clicks',
  p99: 'p99 of first clicks',
  unavailable: 'answered 503',
};

function report(bench, when, list) {
  const texts = { queries: count, p50: milliseconds, p99: milliseconds, unavailable: count };
  for (const [figure, text] of Object.entries(texts)) {
    const ratios = summary(list.map(({ withRedis, without }) => withRedis[figure] / Math.max(1, without[figure])));
    bench.rows.push({
      what: `${TITLES[figure]} ${when}`,
      figure: text(median(list.map(({ withRedis }) => withRedis[figure]))),
      beside: `an empty Redis, ${text(median(list.map(({ without }) => without[figure])))}`,
      ratio: ratios.median,
      spread: ratios,
    });
  }
}

function tell({ queries, p50, p99, unavailable }) {
  return `${count(queries)} queries, p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}, ${unavailable} × 503`;
}
