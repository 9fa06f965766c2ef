// Measures the latency of redirects below saturation, at the same fixed rate for the base and for Hopback.
import { drained } from '../hopback/drain.mjs';
import { count, milliseconds, progress } from '../support/report.mjs';
import { mean, median, summary } from '../support/statistics.mjs';

const QUANTILES = { p50: 'p50', p99: 'p99', p999: 'p99.9', leadP99: 'p99 of the second before,' };

/** @param {import('./bench.mjs').Bench} bench */
export async function latency(bench) {
  const { rounds, seconds, load: percent } = bench.options;
  const { load, traffic } = bench;
  const base = await bench.startReference('bare');
  const hopback = await bench.startHopback();
  const list = [];
  for (let round = 0; round < rounds; round++) {
    // Anew in each round: a rate that is easy now may be too much for the same machine two minutes later.
    const most = await load.saturate(base.port, traffic, 1);
    const rate = Math.round((most.rate * percent) / 100);
    const before = await load.pace(base.port, traffic, rate, Math.ceil(seconds / 2));
    await bench.wakeUp(hopback);
    await drained(hopback);
    const ours = hopback.ledger.enter(await load.pace(hopback.port, traffic, rate, seconds));
    await drained(hopback);
    const after = await load.pace(base.port, traffic, rate, Math.ceil(seconds / 2));
    list.push({ rate, ours, bases: [before, after] });
    progress(
      `latency, round ${round + 1} of ${rounds}: ${count(rate)} /s, p99 ${milliseconds(ours.p99)}, ${unsent(ours)}`,
    );
  }
  const rate = median(list.map((round) => round.rate));
  report(bench, `at ${count(rate)} /s (${percent} % of what the base can)`, list);
  bench.figures.latency = { rate, rounds: list, recorded: await bench.reportRecorded('Hopback, paced', hopback) };
  await base.stop();
  await hopback.stop();
}

function report(bench, load, list) {
  for (const [quantile, title] of Object.entries(QUANTILES)) {
    const ratios = summary(list.map(({ ours, bases }) => ours[quantile] / mean(bases.map((one) => one[quantile]))));
    const beside = median(list.flatMap(({ bases }) => bases.map((one) => one[quantile])));
    bench.rows.push({
      what: `Hopback: ${title} ${load}`,
      figure: milliseconds(median(list.map(({ ours }) => ours[quantile]))),
      beside: `the base, ${milliseconds(beside)}`,
      ratio: ratios.median,
      spread: ratios,
    });
  }
  const left = Math.max(...list.map(({ ours }) => ours.unsent));
  if (left > 0)
    bench.rows.push({
      what: 'Hopback: could not follow that rate',
      figure: `${count(left)} not even sent`,
      beside: '',
    });
}

function unsent(result) {
  return result.unsent === 0 ? 'it followed' : `it could not follow, ${count(result.unsent)} requests were not sent`;
}
