import type { ConversionStatus } from '../../platform/vocabulary/conversion-words.js';
import type { DemoClick } from './make-clicks.js';
import { DEMO_LINKS } from './demo-links.js';
import {
  brokenBluebirdQuery,
  DEMO_NETWORKS,
  type DemoEvent,
  type DemoNetworkKey,
  type DemoReport,
} from './demo-networks.js';
import { SeededRandom, type Weighted } from './seeded-random.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const REGISTRATIONS = 0.048;
const FIRST_DEPOSITS = 0.24;
const NEXT_DEPOSITS = 0.42;
const MAX_DEPOSITS = 4;
const REPEATED = 0.035;

/** Since this long before the end, the macro of Bluebird Media is broken. Its postbacks of the last 7 days wait. */
const BROKEN_MS = 6 * DAY_MS;
export const WAITING_POSTBACKS = 49;
/** Of these, the goals that nothing maps. */
const UNMAPPED_GOALS = 2;
const BROKEN_FTDS = 16;
const BROKEN_AMOUNT = '77.50';

/** The click id of a request: that of a click, or another text. */
export type DemoClickId =
  | { kind: 'click'; click: DemoClick }
  /** That of a click, with another last character. */
  | { kind: 'forged'; click: DemoClick }
  /** A test click id of a link. */
  | { kind: 'test'; link: number }
  /** A signed id of a link that does not exist. */
  | { kind: 'unknown' }
  | { kind: 'text'; text: string };

/** A made-up request of a network. */
export interface DemoPostback {
  at: Date;
  network: DemoNetworkKey;
  clickId: DemoClickId;
  /** The query with the click id. */
  query: (clickId: string) => string;
}

const PAYOUTS: Readonly<Record<DemoNetworkKey, Weighted<string>>> = {
  orchid: [
    ['77.50', 5],
    ['95', 3],
    ['120', 1],
  ],
  bluebird: [
    ['77.50', 3],
    ['60', 2],
  ],
  meridian: [
    ['52', 4],
    ['65.00', 2],
  ],
  tidewater: [
    ['80', 1],
    ['110.00', 1],
  ],
  tracker: [
    ['45', 2],
    ['70', 1],
  ],
};
const SHARES: Weighted<string> = [
  ['12.40', 4],
  ['8.15', 4],
  ['21.00', 2],
  ['33.70', 1],
];
const LATER_STATUSES: Weighted<ConversionStatus> = [
  ['approved', 78],
  ['rejected', 14],
  ['pending', 8],
];

/** Collects what networks report about clicks. Give it the clicks in their order, then take all requests. */
export class PostbackMaker {
  private readonly random: SeededRandom;
  private readonly made: DemoPostback[] = [];
  /** People who clicked a link of Bluebird Media since its macro broke. */
  private readonly unreadable: DemoClick[] = [];
  /** Clicks for the requests that go wrong: one of each network now and then. */
  private readonly spare: DemoClick[] = [];
  private transactions = 0;

  constructor(
    seed: string,
    private readonly until: Date,
  ) {
    this.random = new SeededRandom(`postbacks:${seed}`);
  }

  add(click: DemoClick): void {
    if (click.isBot || !click.isUnique) return;
    const network = networkOf(click);
    const isBroken = network === 'bluebird' && click.at.getTime() > this.until.getTime() - BROKEN_MS;
    if (isBroken) this.unreadable.push(click);
    else if (this.random.isTrue(REGISTRATIONS)) this.addPlayer(click, network);
    else if (this.random.isTrue(0.01)) this.spare.push(click);
  }

  /** All requests until the end, in the order of their times. */
  all(): DemoPostback[] {
    const made = [...this.made, ...this.brokenOnes(), ...this.oddOnes()];
    return made.filter(({ at }) => at < this.until).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  }

  /** A registration, and what follows it. */
  private addPlayer(click: DemoClick, network: DemoNetworkKey): void {
    const registeredAt = this.after(click.at, 2 * MINUTE_MS, 3 * HOUR_MS);
    this.report(click, network, registeredAt, { event: 'registration', status: 'approved', amount: null, txid: null });
    if (!this.random.isTrue(FIRST_DEPOSITS)) return;
    let paidAt = this.after(registeredAt, 5 * MINUTE_MS, 2 * DAY_MS);
    this.addMoney(click, network, paidAt, 'ftd', this.random.pick(PAYOUTS[network]));
    for (let i = 0; i < MAX_DEPOSITS && this.random.isTrue(NEXT_DEPOSITS); i++) {
      paidAt = this.after(paidAt, 3 * HOUR_MS, 6 * DAY_MS);
      this.addMoney(click, network, paidAt, 'deposit', this.random.pick(SHARES));
    }
  }

  /** Money is pending first, and approved or rejected some days later. Small deposits are approved at once. */
  private addMoney(click: DemoClick, network: DemoNetworkKey, at: Date, event: DemoEvent, amount: string): void {
    const txid = this.nextTransaction();
    const isPending = event === 'ftd' && this.random.isTrue(0.8);
    const report = { event, status: isPending ? 'pending' : 'approved', amount, txid } as const;
    this.report(click, network, at, report);
    if (this.random.isTrue(REPEATED)) this.report(click, network, this.after(at, MINUTE_MS, HOUR_MS), report);
    if (!isPending) return;
    const status = this.random.pick(LATER_STATUSES);
    const decidedAt = this.after(at, DAY_MS, 9 * DAY_MS);
    if (status !== 'pending') this.report(click, network, decidedAt, { ...report, status });
  }

  /** The requests of Bluebird Media whose click id comes in `tid`: they wait for a mapping. */
  private brokenOnes(): DemoPostback[] {
    const step = this.unreadable.length / WAITING_POSTBACKS;
    const chosen = Array.from({ length: WAITING_POSTBACKS }, (_, i) => this.unreadable[Math.floor(i * step)]);
    return chosen.flatMap((click, i) => (click === undefined ? [] : [this.brokenOne(click, i)]));
  }

  private brokenOne(click: DemoClick, i: number): DemoPostback {
    const isFtd = i % 3 === 0 && i / 3 < BROKEN_FTDS;
    const money = { amount: BROKEN_AMOUNT, txid: this.nextTransaction() };
    const report: DemoReport = isFtd
      ? { event: 'ftd', status: 'pending', ...money }
      : { event: 'registration', status: 'approved', amount: null, txid: null };
    const isUnmapped = i % 3 === 1 && i / 3 < UNMAPPED_GOALS;
    const goal = isUnmapped ? 'dep9' : isFtd ? 'dep1' : 'reg1';
    const at = this.beforeEnd(this.after(click.at, MINUTE_MS, 2 * HOUR_MS), click.at);
    const { sub1 } = click.visitor;
    return {
      at,
      network: 'bluebird',
      clickId: { kind: 'click', click },
      query: (clickId) => brokenBluebirdQuery(clickId, goal, report, at, sub1),
    };
  }

  /** Requests that go wrong in other ways, and some that change nothing. */
  private oddOnes(): DemoPostback[] {
    return this.spare.flatMap((click, i) => {
      const network = networkOf(click);
      const at = this.after(click.at, 5 * MINUTE_MS, 5 * HOUR_MS);
      const report = { event: 'ftd', status: 'pending', amount: '52', txid: this.nextTransaction() } as const;
      const usual = DEMO_NETWORKS[network].query;
      const query = (clickId: string): string => usual(clickId, report);
      return ODD_ONES[i % ODD_ONES.length]?.({ at, network, click, query }) ?? [];
    });
  }

  private report(click: DemoClick, network: DemoNetworkKey, at: Date, report: DemoReport): void {
    const query = (clickId: string): string => DEMO_NETWORKS[network].query(clickId, report);
    this.made.push({ at, network, clickId: { kind: 'click', click }, query });
  }

  private after(time: Date, fromMs: number, toMs: number): Date {
    return new Date(time.getTime() + Math.floor(this.random.between(fromMs, toMs)));
  }

  /** A time between both when the first one is after the end. */
  private beforeEnd(time: Date, clickedAt: Date): Date {
    if (time < this.until) return time;
    return new Date(Math.floor((clickedAt.getTime() + this.until.getTime()) / 2));
  }

  private nextTransaction(): string {
    return `T-${80_000 + this.transactions++}`;
  }
}

function networkOf({ link }: DemoClick): DemoNetworkKey {
  return DEMO_LINKS[link]?.network ?? 'orchid';
}

interface OddRequest {
  at: Date;
  network: DemoNetworkKey;
  click: DemoClick;
  query: (clickId: string) => string;
}

/** One after the other, so that the log has each of them. */
const ODD_ONES: readonly ((request: OddRequest) => DemoPostback)[] = [
  ({ at, click }) => ({
    at,
    network: 'tracker',
    clickId: { kind: 'click', click },
    query: (id) => `subid=${id}&status=ping`,
  }),
  ({ at, network, click, query }) => ({ at, network, clickId: { kind: 'test', link: click.link }, query }),
  ({ at, click }) => ({
    at,
    network: 'tidewater',
    clickId: { kind: 'click', click },
    query: (id) => `afp=${id}&event=dep_big&payout=310.00`,
  }),
  ({ at, network, click, query }) => ({ at, network, clickId: { kind: 'forged', click }, query }),
  ({ at, network, query }) => ({ at, network, clickId: { kind: 'text', text: 'player-4711' }, query }),
  ({ at }) => ({
    at,
    network: 'meridian',
    clickId: { kind: 'text', text: '' },
    query: () => 'goal_value=registration&status=approved',
  }),
  ({ at, click }) => ({
    at,
    network: 'orchid',
    clickId: { kind: 'click', click },
    query: (id) => `stag=${id}&event=ftd&payout=a%20lot&currency=EUR`,
  }),
  ({ at, network, query }) => ({ at, network, clickId: { kind: 'unknown' }, query }),
  ({ at, click }) => ({
    at: new Date(at.getTime() + 40 * DAY_MS),
    network: 'meridian',
    clickId: { kind: 'click', click },
    query: (id) => `click_id=${id}&goal_value=registration&status=approved`,
  }),
];
