// Measures redirects beside reports and beside live events, and without them, in turns.
import { setTimeout as sleep } from 'node:timers/promises';
import { count, milliseconds, progress } from '../support/report.mjs';
import { median, summary } from '../support/statistics.mjs';
import { openListeners } from './listeners.mjs';
import { questionsUntil } from './questions.mjs';

const RATE = 1_000;
const SECONDS = 8;
const ASK_EVERY_MS = 1_000;
const ASKED = 'by link × country';
const LISTENERS = 200;

/** Beside a report that is asked for each second. */
export function redirectsBesideReports(run, traffic) {
  const { parametersOf } = questionsUntil(run.to).find(({ name }) => name === ASKED);
  let asked = 0;
  const begin = () => {
    const isOver = { value: false };
    const asking = askEachSecond(() => run.report(parametersOf(asked++)), isOver);
    return () => {
      isOver.value = true;
      return asking;
    };
  };
  return measureInTurns(run, traffic, { beside: 'a report each second', without: 'no reports', begin });
}

/** Beside streams of live events. */
export function redirectsBesideListeners(run, traffic) {
  const names = { beside: `${LISTENERS} streams of live events`, without: 'no streams' };
  return measureInTurns(run, traffic, { ...names, begin: () => openListeners(run.hopback, LISTENERS) });
}

/** @param begin starts the work beside, and gives back what ends it */
async function measureInTurns(run, traffic, { beside, without, begin }) {
  const { bench, hopback } = run;
  const load = bench.load.unpinned();
  const rounds = [];
  const measure = async () => {
    const result = hopback.ledger.enter(await load.pace(hopback.port, traffic, RATE, SECONDS));
    return { p50: result.p50, p99: result.p99 };
  };
  const measures = {
    without: measure,
    beside: async () => {
      const end = await begin();
      const result = await measure();
      await end();
      return result;
    },
  };
  for (let round = 0; round < bench.options.rounds; round++) {
    const order = round % 2 === 0 ? ['without', 'beside'] : ['beside', 'without'];
    const result = {};
    for (const name of order) {
      result[name] = await measures[name]();
      await run.settle();
    }
    rounds.push(result);
    const [own, other] = [result.beside, result.without].map(({ p99 }) => milliseconds(p99));
    progress(`reports, round ${round + 1}: redirects p99 ${own} beside ${beside}, ${other} with ${without}`);
  }
  report(bench, rounds, { beside, without });
  return rounds;
}

async function askEachSecond(ask, isOver) {
  while (!isOver.value) {
    const begin = performance.now();
    await ask();
    await sleep(Math.max(0, ASK_EVERY_MS - (performance.now() - begin)));
  }
}

function report(bench, rounds, { beside, without }) {
  for (const quantile of ['p50', 'p99']) {
    const ratios = summary(rounds.map((round) => round.beside[quantile] / round.without[quantile]));
    bench.rows.push({
      what: `redirects, ${quantile} at ${count(RATE)} /s, beside ${beside}`,
      figure: milliseconds(median(rounds.map((round) => round.beside[quantile]))),
      beside: `${without}, ${milliseconds(median(rounds.map((round) => round.without[quantile])))}`,
      ratio: ratios.median,
      spread: ratios,
    });
  }
}
