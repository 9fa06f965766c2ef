// Measures redirects a second, compared with servers that do less.
import { drained } from '../hopback/drain.mjs';
import { TITLES } from '../servers/references.mjs';
import { mean, median, summary } from '../support/statistics.mjs';
import { count, milliseconds, progress } from '../support/report.mjs';

/** Every server in every round, each between two measurements of the base. @param {import('./bench.mjs').Bench} bench */
export async function redirect(bench) {
  const { rounds, only } = bench.options;
  const base = await bench.startReference('bare');
  const servers = [];
  for (const name of only.filter((one) => one !== 'bare')) {
    const server = name === 'hopback' ? await startHopback(bench) : await bench.startReference(name);
    if (server === undefined) progress(`${name} is not installed and left out`);
    else servers.push({ name, ...server, rounds: [] });
  }
  const bases = [];
  for (let round = 0; round < rounds; round++) {
    bases.push(...(await playRound(bench, base, rotated(servers, round))));
    progress(`redirect, round ${round + 1} of ${rounds}: ${servers.map(lastRatio).join(', ')}`);
  }
  report(bench, servers, bases);
  for (const { hopback } of servers) {
    if (hopback) bench.figures.redirect.recorded = await bench.reportRecorded('Hopback', hopback);
  }
  for (const { stop } of [base, ...servers]) await stop();
}

async function startHopback(bench) {
  const hopback = await bench.startHopback();
  return { hopback, port: hopback.port, ledger: hopback.ledger, stop: () => hopback.stop() };
}

/** @returns what the base did in this round */
async function playRound(bench, base, servers) {
  const { load, traffic, options } = bench;
  // The base is measured again and again, so it is given half the time.
  const baseSeconds = Math.ceil(options.seconds / 2);
  const bases = [await load.saturate(base.port, traffic, baseSeconds)];
  for (const server of servers) {
    const { port, ledger, hopback, rounds } = server;
    await bench.wakeUp(server);
    const result = await load.saturate(port, traffic, options.seconds);
    ledger?.enter(result);
    // Were clicks still being shipped, they would take time from the next server.
    const shipping = hopback && (await drained(hopback));
    bases.push(await load.saturate(base.port, traffic, baseSeconds));
    rounds.push({ ...result, shipping, ratio: result.rate / mean(bases.slice(-2).map(({ rate }) => rate)) });
  }
  return bases;
}

/** The order changes with each round, so that no server is always the first. */
function rotated(servers, round) {
  const first = servers.length === 0 ? 0 : round % servers.length;
  return [...servers.slice(first), ...servers.slice(0, first)];
}

function lastRatio({ name, rounds }) {
  return `${name} ${rounds.at(-1).ratio.toFixed(2)}`;
}

function report(bench, servers, bases) {
  const baseRate = median(bases.map(({ rate }) => rate));
  const figure = (list) =>
    `${count(median(list.map(({ rate }) => rate)))} /s, p99 ${milliseconds(median(list.map(({ p99 }) => p99)))}`;
  bench.figures.redirect = {
    base: bases,
    servers: Object.fromEntries(servers.map(({ name, rounds }) => [name, rounds])),
  };
  bench.rows.push({ what: TITLES.bare, figure: figure(bases), beside: 'itself', ratio: 1 });
  for (const { name, rounds } of servers) {
    const ratios = summary(rounds.map(({ ratio }) => ratio));
    const beside = `the base, ${count(baseRate)} /s`;
    bench.rows.push({ what: TITLES[name], figure: figure(rounds), beside, ratio: ratios.median, spread: ratios });
    if (name === 'hopback') reportShipping(bench, rounds);
  }
}

function reportShipping(bench, rounds) {
  const shipped = rounds.map(({ shipping }) => shipping);
  bench.rows.push({
    what: 'Hopback: shipping what the load has left, on the same core',
    figure: `${count(median(shipped.map(({ rate }) => rate)))} clicks/s`,
    beside: `done ${median(shipped.map(({ seconds }) => seconds)).toFixed(1)} s after the load`,
  });
}
