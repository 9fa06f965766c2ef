// Measures the memory of Hopback: at the start, after load, and with many links in use.
import { drained } from '../hopback/drain.mjs';
import { Hopback } from '../hopback/hopback.mjs';
import { createTraffic } from '../load/traffic.mjs';
import { count, megabytes, progress } from '../support/report.mjs';

const GOAL_BYTES = 250e6;

/** @param {import('./bench.mjs').Bench} bench */
export async function memory(bench) {
  const { seconds } = bench.options;
  const links = bench.options.links.memory;
  const load = bench.load.unpinned();
  const hopback = await Hopback.start();
  const moments = [];
  const look = (moment) => {
    moments.push({ moment, ...hopback.memory() });
    progress(`memory, ${moment}: ${describe(hopback.memory())}`);
  };
  look('after the start');

  await hopback.createLinks(bench.traffic.slugs);
  await hopback.clickEach(load, bench.traffic);
  hopback.ledger.enter(await load.saturate(hopback.port, bench.traffic, seconds * 2));
  look('at the end of load on 1,000 links');
  await drained(hopback);
  look('after that load');

  const many = createTraffic(bench.folder, links);
  await hopback.database.copyLink({ slug: bench.traffic.slugs[0] }, many.slugs.slice(bench.traffic.slugs.length));
  await hopback.clickEach(load, many);
  look(`at the end of a click on each of ${count(links)} links`);
  await drained(hopback);
  look(`after these clicks`);

  report(bench, moments);
  bench.figures.memory = { moments, recorded: await bench.reportRecorded('Hopback, many links', hopback) };
  await hopback.stop();
}

function report(bench, moments) {
  for (const { moment, main, ...others } of moments) {
    bench.rows.push({
      what: `memory (RSS), ${moment}`,
      figure: `${megabytes(main)} main process`,
      beside: `the goal, ${megabytes(GOAL_BYTES)}; ${describe(others)}`,
      ratio: main / GOAL_BYTES,
    });
  }
}

function describe(kinds) {
  return Object.entries(kinds)
    .map(([kind, bytes]) => `${kind} ${megabytes(bytes)}`)
    .join(', ');
}
