// Measures redirects while a report is asked for each second, and without reports, in turns.
import { setTimeout as sleep } from 'node:timers/promises';
import { count, milliseconds, progress } from '../support/report.mjs';
import { median, summary } from '../support/statistics.mjs';
import { questionsUntil } from './questions.mjs';

const RATE = 1_000;
const SECONDS = 8;
const ASK_EVERY_MS = 1_000;
const ASKED = 'by link × country';

export async function redirectsBesideReports(run, traffic) {
  const { bench, hopback } = run;
  const load = bench.load.unpinned();
  const rounds = [];
  let asked = 0;
  const { parametersOf } = questionsUntil(run.to).find(({ name }) => name === ASKED);
  const measure = async () => {
    const result = hopback.ledger.enter(await load.pace(hopback.port, traffic, RATE, SECONDS));
    return { p50: result.p50, p99: result.p99 };
  };
  const measures = {
    without: measure,
    beside: async () => {
      const isOver = { value: false };
      const asking = askEachSecond(() => run.report(parametersOf(asked++)), isOver);
      const result = await measure();
      isOver.value = true;
      await asking;
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
    const [beside, without] = [result.beside, result.without].map(({ p99 }) => milliseconds(p99));
    progress(`reports, round ${round + 1}: redirects p99 ${beside} beside reports, ${without} without`);
  }
  report(bench, rounds);
  return rounds;
}

async function askEachSecond(ask, isOver) {
  while (!isOver.value) {
    const begin = performance.now();
    await ask();
    await sleep(Math.max(0, ASK_EVERY_MS - (performance.now() - begin)));
  }
}

function report(bench, rounds) {
  for (const quantile of ['p50', 'p99']) {
    const ratios = summary(rounds.map(({ beside, without }) => beside[quantile] / without[quantile]));
    bench.rows.push({
      what: `redirects, ${quantile} at ${count(RATE)} /s, beside a report each second`,
      figure: milliseconds(median(rounds.map(({ beside }) => beside[quantile]))),
      beside: `no reports, ${milliseconds(median(rounds.map(({ without }) => without[quantile])))}`,
      ratio: ratios.median,
      spread: ratios,
    });
  }
}
