// Measures the effect of a second worker. Nothing is pinned: load and servers share the cores.
import { availableParallelism } from 'node:os';
import { count, progress } from '../support/report.mjs';
import { median, summary } from '../support/statistics.mjs';
import { inTurns } from './pair.mjs';

const MOST_ROUNDS = 3;

/** WORKERS=2 beside WORKERS=1. @param {import('./bench.mjs').Bench} bench */
export async function workers(bench) {
  if (availableParallelism() < 2) return progress('workers: left out, there is one core only');
  const load = bench.load.unpinned();
  const seconds = Math.ceil(bench.options.seconds / 2);
  const [one, two] = await Promise.all([
    bench.startHopback({ pinned: false, env: { WORKERS: '1' } }),
    bench.startHopback({ pinned: false, env: { WORKERS: '2' } }),
  ]);
  const rounds = Math.min(bench.options.rounds, MOST_ROUNDS);
  const list = await inTurns(bench, [one, two], rounds, ({ port }) => load.saturate(port, bench.traffic, seconds));
  progress('workers: measured');

  const ratios = summary(list.map(([first, second]) => second.rate / first.rate));
  bench.rows.push({
    what: 'WORKERS=2, nothing pinned: redirects',
    figure: `${count(median(list.map(([, second]) => second.rate)))} /s`,
    beside: `WORKERS=1, ${count(median(list.map(([first]) => first.rate)))} /s`,
    ratio: ratios.median,
    spread: ratios,
  });
  bench.figures.workers = list;
  await bench.reportRecorded('WORKERS=2', two);
  for (const hopback of [one, two]) await hopback.stop();
}
