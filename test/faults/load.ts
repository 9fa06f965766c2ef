import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './app.js';
import { Connection, headerOf, type Reply, type Silence } from './connection.js';
import type { Ledger } from './ledger.js';
import type { FaultOptions } from './options.js';
import type { Stores } from './stores.js';
import type { Click, Traffic } from './traffic.js';

const BACK_OFF_MS = { first: 10, most: 100 };
/** A fresh process compiles its code while it answers. */
const WARM_UP_MS = 2_000;
/** A late worker skips requests instead of sending a burst. */
const MOST_LATE_MS = 50;

/** The circumstances in which a request was sent. */
interface Circumstances {
  /** In milliseconds of `performance.now()`. */
  at: number;
  generation: number;
  mayMissMongodb: boolean;
  /** This process of the app has redirected the link before. */
  isKnown: boolean;
}

/** People who click all the time, over a number of connections, each when it has its answer; and who come back. */
export class Load {
  private isOver = false;
  private workers: Promise<void>[] = [];
  private nextTurn = 0;
  private readonly generationOf = new WeakMap<Connection, number>();
  /** For each link the app's generation that last redirected it. */
  private readonly knownBy: Int32Array;

  constructor(
    private readonly app: App,
    private readonly stores: Stores,
    private readonly traffic: Traffic,
    private readonly ledger: Ledger,
    private readonly options: Pick<FaultOptions, 'connections' | 'steadyRate' | 'outageRate' | 'putOffMs'>,
    private readonly mostClicks: number,
  ) {
    this.knownBy = new Int32Array(traffic.links.length).fill(-1);
  }

  start(): void {
    this.workers = Array.from({ length: this.options.connections }, () => this.work());
  }

  /** Resolves when the last answer has come. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.workers);
  }

  private async work(): Promise<void> {
    let connection: Connection | undefined;
    while (!this.isOver && this.ledger.answered < this.mostClicks) {
      await this.turn();
      if (!connection?.isOpen) connection = await this.connect();
      if (connection) await this.click(connection);
    }
    connection?.close();
  }

  /** Refusals are expected as long as the app is not up. */
  private async connect(): Promise<Connection | undefined> {
    for (let backOff = BACK_OFF_MS.first; !this.isOver; backOff = Math.min(2 * backOff, BACK_OFF_MS.most)) {
      const { isUp, generation } = this.app;
      try {
        const connection = await Connection.open(this.app.port);
        // Opened before the app said that it is up, it may lead to a process that is about to end.
        this.generationOf.set(connection, isUp ? generation : -1);
        return connection;
      } catch (error) {
        this.ledger.refused++;
        if (isUp && generation === this.app.generation) this.ledger.fail('connection refused', String(error));
        await sleep(backOff);
      }
    }
    return undefined;
  }

  private async click(connection: Connection): Promise<void> {
    const click = this.traffic.next();
    const { generation, isUp } = this.app;
    const isKnown = isUp && this.knownBy[click.link] === generation;
    const then = { at: performance.now(), generation, mayMissMongodb: this.stores.mayMissMongodb, isKnown };
    this.ledger.sent++;
    const reply = await connection.ask(click.text, click.kind === 'head');
    const ms = performance.now() - then.at;
    if (typeof reply === 'string') this.cut(connection, reply, click);
    else if (reply.status === 302) this.redirected(reply, click, ms, then);
    else await this.refused(reply, click, ms, then);
  }

  /** A connection may only end with the process that it led to. */
  private cut(connection: Connection, silence: Silence, click: Click): void {
    this.ledger.cutOff(click);
    const wasKilled = this.generationOf.get(connection) !== this.app.generation;
    if (silence !== 'connection lost' || !wasKilled) this.ledger.fail(silence, firstLine(click));
  }

  private redirected(reply: Reply, click: Click, ms: number, then: Circumstances): void {
    const location = headerOf(reply, 'location') ?? '';
    const id = /[?&]click_id=([0-9A-Za-z]{20,32})(?:&|$)/.exec(location)?.[1];
    if (id === undefined) {
      this.ledger.fail('302 without a click id', reply.head);
      return;
    }
    this.ledger.answer(id, click);
    const label = this.stores.outageSince(then.at) ?? (this.isWarm ? 'undisturbed' : 'first 2 s after a start');
    if (then.isKnown) this.ledger.known.add(label, ms);
    else this.ledger.firstSight.add(label, ms);
    if (this.app.isUp && this.app.generation === then.generation) this.knownBy[click.link] = then.generation;
  }

  /** A link that this process does not know cannot be redirected without MongoDB, but must be answered soon. */
  private async refused(reply: Reply, click: Click, ms: number, then: Circumstances): Promise<void> {
    const isLate = ms > this.options.putOffMs;
    const mayPutOff = !then.isKnown && (then.mayMissMongodb || this.stores.mayMissMongodb);
    const isPutOff = reply.status === 503 && headerOf(reply, 'retry-after') !== undefined;
    if (mayPutOff && isPutOff && !isLate) {
      this.ledger.putOff.add('503', ms);
    } else {
      const link = then.isKnown ? 'a link this process has redirected before' : 'a link new to this process';
      const late = isLate ? ', late' : '';
      const outage = this.stores.outageSince(then.at) ?? 'no outage';
      this.ledger.fail(`${reply.status} for ${link}, ${outage}${late}`, `${firstLine(click)}, ${ms.toFixed(0)} ms`);
    }
    await sleep(BACK_OFF_MS.most);
  }

  private get isWarm(): boolean {
    return performance.now() - this.app.upSince > WARM_UP_MS;
  }

  /** Waits until it is time for the next request. */
  private async turn(): Promise<void> {
    const rate = this.stores.areUp ? this.options.steadyRate : this.options.outageRate;
    if (rate === 0) return;
    const now = performance.now();
    this.nextTurn = Math.max(this.nextTurn + 1_000 / rate, now - MOST_LATE_MS);
    if (this.nextTurn > now + 1) await sleep(this.nextTurn - now);
  }
}

function firstLine({ text }: Click): string {
  return text.slice(0, text.indexOf('\r\n'));
}
