import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUp } from '../support/system/system-program.js';
import { FaultRun, type Outcome } from './fault-run.js';
import { patience, readOptions } from './options.js';
import { report } from './report.js';
import { floorOf } from './schedule.js';

/** Far off what a redirect takes, and far below the seconds that one takes which waits for a store. */
const MEDIAN_DURING_OUTAGE_MS = 50;
/** On a machine that is busy with other things everything is slow; an outage must not make it worse than this. */
const MOST_TIMES_UNDISTURBED = 3;

const options = readOptions(process.env);
let outcome: Outcome;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

describe(`clicks through faults, ${options.edition} edition, seed ${options.seed}`, () => {
  beforeAll(async () => {
    say(
      `\nFaults: ${options.clicks} clicks, seed ${options.seed} (again: npm run test:faults -- --seed ${options.seed})`,
    );
    const run = await FaultRun.prepare(options, say);
    outcome = await run.play();
    say(`\n${report(outcome)}\n`);
  }, patience(options));
  afterAll(cleanUp);

  it('were many, and so were the faults', () => {
    const { ledger, faults } = outcome;
    const floor = floorOf(options);
    expect(ledger.answered).toBeGreaterThanOrEqual(options.clicks);
    expect(faults.total('app killed')).toBeGreaterThanOrEqual(floor.appKills);
    expect(faults.total('MongoDB')).toBeGreaterThanOrEqual(floor.mongodbFaults);
    expect(faults.total('Redis')).toBeGreaterThanOrEqual(floor.redisFaults);
  });

  it('are all stored', () => {
    const { lost, lostExamples, misplaced, unreadable } = outcome.verdict;
    expect(outcome.drained.problem).toBeUndefined();
    expect({ lost, lostExamples, misplaced, unreadable }).toEqual({
      lost: 0,
      lostExamples: [],
      misplaced: 0,
      unreadable: 0,
    });
  });

  it('are stored once', () => {
    const { verdict, ledger } = outcome;
    expect(verdict.doubled).toBe(0);
    expect(verdict.stored).toBeLessThanOrEqual(ledger.sent);
  });

  it('move the counters by what is stored, each visitor once a day', () => {
    const { counterErrors, visitorErrors, botsAsPeople } = outcome.verdict;
    expect({ counterErrors, visitorErrors, botsAsPeople }).toEqual({
      counterErrors: [],
      visitorErrors: [],
      botsAsPeople: 0,
    });
  });

  it('are all answered while the app is up, known links with a redirect', () => {
    expect(outcome.ledger.failureLines).toEqual([]);
  });

  it('are answered fast while a store is out', () => {
    const { known } = outcome.ledger;
    const outages = known.labels.filter((label) => /killed|frozen/.test(label));
    expect(outages).not.toEqual([]);
    const limit = Math.max(MEDIAN_DURING_OUTAGE_MS, MOST_TIMES_UNDISTURBED * known.summary('undisturbed').p50);
    for (const label of outages) {
      expect(known.summary(label).p50, label).toBeLessThan(limit);
    }
  });
});
