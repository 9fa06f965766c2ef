// Measures the cost of CLICK_DURABILITY that survives a power cut.
import { count, milliseconds, progress } from '../support/report.mjs';
import { median, summary } from '../support/statistics.mjs';
import { inTurns } from './pair.mjs';

const MOST_ROUNDS = 3;

/** CLICK_DURABILITY=disk beside os: as much as goes, and p99 at the same rate. @param {import('./bench.mjs').Bench} bench */
export async function durability(bench) {
  const { load, traffic, options } = bench;
  const rounds = Math.min(options.rounds, MOST_ROUNDS);
  const seconds = Math.ceil(options.seconds / 2);
  const [os, disk] = await Promise.all([
    bench.startHopback({ env: { CLICK_DURABILITY: 'os' } }),
    bench.startHopback({ env: { CLICK_DURABILITY: 'disk' } }),
  ]);

  const saturated = await inTurns(bench, [os, disk], rounds, ({ port }) => load.saturate(port, traffic, seconds));
  progress('durability: saturation measured');
  const rate = Math.round(
    (median(saturated.map((both) => Math.min(...both.map((one) => one.rate)))) * options.load) / 100,
  );
  const paced = await inTurns(bench, [os, disk], rounds, ({ port }) => load.pace(port, traffic, rate, seconds));
  progress(`durability: measured at ${count(rate)} /s`);

  addRow(bench, saturated, 'rate', 'CLICK_DURABILITY=disk: redirects', (value) => `${count(value)} /s`);
  addRow(bench, paced, 'p99', `CLICK_DURABILITY=disk: p99 at ${count(rate)} /s`, milliseconds);
  bench.figures.durability = { saturated, rate, paced };
  await bench.reportRecorded('CLICK_DURABILITY=disk', disk);
  for (const hopback of [os, disk]) await hopback.stop();
}

function addRow(bench, list, figure, what, show) {
  const ratios = summary(list.map(([os, disk]) => disk[figure] / os[figure]));
  bench.rows.push({
    what,
    figure: show(median(list.map(([, disk]) => disk[figure]))),
    beside: `os, ${show(median(list.map(([os]) => os[figure])))}`,
    ratio: ratios.median,
    spread: ratios,
  });
}
