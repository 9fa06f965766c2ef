import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../support/system/system-program.js';
import { App } from './app.js';
import { drain, type Drained } from './drain.js';
import { Faults } from './faults.js';
import { guardFolder } from './guard.js';
import { Ledger } from './ledger.js';
import { Load } from './load.js';
import type { FaultOptions } from './options.js';
import { Random } from './random.js';
import { type PlannedFault, planFaults } from './schedule.js';
import { Stores } from './stores.js';
import { Traffic } from './traffic.js';
import { type StoredClick, Verdict } from './verdict.js';

/** MongoDB itself may hold up writers for a minute or more: transactions whose client was killed live that long. */
const DRAIN_PATIENCE_MS = 180_000;
const STALL_MS = 60_000;
/** Limits a run whose faults never end. */
const MOST_TIMES_THE_CLICKS = 3;
const OUTAGE_MS = { short: [1_000, 2_000], long: [2_000, 6_000] } as const;

/** The result of a run. */
export interface Outcome {
  options: FaultOptions;
  versions: string;
  app: App;
  faults: Faults;
  ledger: Ledger;
  verdict: Verdict;
  /** From the first click to the last. */
  loadSeconds: number;
  /** How it went on from then until every click was in the database. */
  drained: Drained;
}

/** Clicks and faults, until there was enough of both, and the comparison at the end. */
export class FaultRun {
  private readonly ledger = new Ledger();
  private readonly faults: Faults;
  private readonly load: Load;
  private readonly plan: readonly PlannedFault[];

  private constructor(
    private readonly options: FaultOptions,
    private readonly say: (line: string) => void,
    private readonly stores: Stores,
    private readonly app: App,
    private readonly traffic: Traffic,
  ) {
    this.plan = planFaults(options, new Random(options.seed));
    this.faults = new Faults(app, stores, new Random(options.seed + 2), OUTAGE_MS[options.edition]);
    this.load = new Load(app, stores, traffic, this.ledger, options, MOST_TIMES_THE_CLICKS * options.clicks);
  }

  /** Starts the stores and the app in a new folder, and makes the links. */
  static async prepare(options: FaultOptions, say: (line: string) => void): Promise<FaultRun> {
    const folder = temporaryFolder();
    guardFolder(folder);
    const stores = await Stores.start(folder);
    const app = await App.prepare(folder, stores);
    await app.start();
    // A separate random source, because the rate of clicks must not change the faults.
    const traffic = await Traffic.on(app, options.links, new Random(options.seed + 1));
    return new FaultRun(options, say, stores, app, traffic);
  }

  /** @throws Error when the app or a store does not come up again, the clicks stop coming forward. */
  async play(): Promise<Outcome> {
    const { options, app, faults, ledger } = this;
    this.load.start();
    try {
      await this.causeFaults();
      await this.answered(options.clicks);
    } catch (error) {
      const soFar = [...ledger.failureLines, ...app.refusedStarts].join('\n');
      this.say(`The run ends early, after ${ledger.answered} clicks.\n${soFar}\nThe app said last:\n${app.lastErrors}`);
      throw error;
    } finally {
      await this.load.end();
    }
    const loadSeconds = ledger.seconds;
    const client = await this.stores.mongodb.connect();
    try {
      const clicks = client.db().collection<StoredClick>('clicks');
      const drained = await drain(app, clicks, DRAIN_PATIENCE_MS + options.clicks);
      const verdict = await Verdict.reach(app, clicks, ledger, this.traffic.links);
      return { options, versions: this.stores.versions, app, faults, ledger, verdict, loadSeconds, drained };
    } finally {
      await client.close();
    }
  }

  private async causeFaults(): Promise<void> {
    // A fault must find the app at work again, also where the one before took longer than its share of the clicks.
    const quiet = this.options.clicks / this.plan.length / 10;
    for (const { name, afterClicks } of this.plan) {
      await this.answered(Math.max(afterClicks, this.ledger.answered + quiet));
      const begin = this.ledger.seconds;
      const clicks = this.ledger.answered;
      await this.faults.cause(name);
      const length = (this.ledger.seconds - begin).toFixed(1);
      this.say(`${begin.toFixed(1).padStart(8)} s ${String(clicks).padStart(9)} clicks  ${name}, over in ${length} s`);
    }
  }

  private async answered(clicks: number): Promise<void> {
    let last = { answered: this.ledger.answered, at: Date.now() };
    while (this.ledger.answered < clicks) {
      await sleep(5);
      if (this.ledger.answered > last.answered) last = { answered: this.ledger.answered, at: Date.now() };
      else if (Date.now() - last.at > STALL_MS) throw new Error(`no click was answered for ${STALL_MS / 1_000} s`);
    }
  }
}
