// Measures the time from a click's redirect until a report counts it, while other clicks come in.
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOST } from '../load/traffic.mjs';
import { count, progress } from '../support/report.mjs';
import { median } from '../support/statistics.mjs';

const RATE = 1_000;
const SECONDS = 20;
const POLL_MS = 100;
const PATIENCE_MS = 60_000;
const GOAL_MS = 3_000;
const HOUR_MS = 3_600_000;

/** @returns {Promise<{delays: number[], ages: number[]}>} milliseconds, of one click after the other */
export async function timeFromClickToReport(run, traffic) {
  const { bench, hopback } = run;
  const load = bench.load.unpinned();
  let isOver = false;
  const loading = load.pace(hopback.port, traffic, RATE, SECONDS).finally(() => (isOver = true));
  const delays = [];
  const ages = [];
  while (!isOver) {
    delays.push(await timeOne(run, traffic.slugs[0], `marker-${delays.length}`));
    ages.push((await run.reader.ageOfState()) ?? 0);
  }
  const result = await loading;
  hopback.ledger.enter({ ...result, answered: result.answered + delays.length });
  await run.settle();
  const most = Math.max(...delays);
  const figure = `median ${seconds(median(delays))}, most ${seconds(most)}`;
  progress(`reports: from a click to its count: ${figure} (${delays.length} clicks)`);
  const age = `median ${seconds(median(ages))}, most ${seconds(Math.max(...ages))}`;
  progress(`reports: the age of asOf meanwhile: ${age}`);
  bench.rows.push({
    what: `reports: from a click to its count, at ${count(RATE)} clicks/s`,
    figure,
    beside: `the goal, ${seconds(GOAL_MS)}`,
    ratio: most / GOAL_MS,
  });
  bench.rows.push({ what: 'reports: the age of asOf meanwhile', figure: age, beside: '' });
  return { delays, ages };
}

async function timeOne(run, slug, marker) {
  await click(run.hopback.port, `/${slug}?sub1=${marker}`);
  const begin = performance.now();
  const [from, to] = [-HOUR_MS, HOUR_MS].map((shift) => new Date(Date.now() + shift).toISOString());
  const parameters = { sub1: marker, metrics: 'clicks', from, to };
  for (;;) {
    // A refused report is a later one.
    const answer = await run.report(parameters).catch(() => undefined);
    const passed = performance.now() - begin;
    if (answer?.totals.clicks > 0) return passed;
    if (passed > PATIENCE_MS) throw new Error(`a click is in no report after ${seconds(passed)}`);
    await sleep(POLL_MS);
  }
}

function click(port, path) {
  const headers = { host: HOST, 'user-agent': 'Mozilla/5.0 (X11; Linux x64; rv:136.0) Gecko/20100101 Firefox/136.0' };
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, headers }, (response) => {
      response.resume();
      if (response.statusCode === 302) resolve();
      else reject(new Error(`a click was answered with ${response.statusCode}`));
    });
    sent.on('error', reject).end();
  });
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}
