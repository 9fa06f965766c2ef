import { Latencies } from './latencies.js';
import type { Click } from './traffic.js';

/** An answered click, as its client knows it. */
export interface AnsweredClick {
  id: string;
  click: Pick<Click, 'link' | 'visitor' | 'kind'>;
  /** Seconds since the run began. */
  second: number;
}

/** The observations of the load: every answered click, and the reasons for missing answers. */
export class Ledger {
  /** Requests that left for the app. */
  sent = 0;
  /** Connections that were refused while the app was down. */
  refused = 0;
  /** Requests whose connection ended before the answer, by link. They may or may not be stored. */
  readonly cutByLink = new Map<number, number>();
  /** Answers with a click id that another answer had. */
  repeatedIds = 0;
  /** Links that the app's process had not seen yet, asked for while MongoDB was out, and put off with 503: it may. */
  readonly putOff = new Latencies();
  /** Redirects of links that the app's process had redirected before. */
  readonly known = new Latencies();
  /** The first redirect of a link by a process: it may have to ask MongoDB. */
  readonly firstSight = new Latencies();
  private readonly indexById = new Map<string, number>();
  private readonly clicks: AnsweredClick[] = [];
  private readonly failures = new Map<string, { count: number; example: string }>();
  private readonly begin = performance.now();

  get answered(): number {
    return this.clicks.length;
  }

  get seconds(): number {
    return (performance.now() - this.begin) / 1_000;
  }

  get cut(): number {
    return [...this.cutByLink.values()].reduce((sum, count) => sum + count, 0);
  }

  cutOff({ link }: Click): void {
    this.cutByLink.set(link, (this.cutByLink.get(link) ?? 0) + 1);
  }

  answer(id: string, { link, visitor, kind }: Click): void {
    if (this.indexById.has(id)) this.repeatedIds++;
    this.indexById.set(id, this.clicks.length);
    this.clicks.push({ id, click: { link, visitor, kind }, second: this.seconds });
  }

  /** Notes what should not have happened. */
  fail(reason: string, example = ''): void {
    const failure = this.failures.get(reason);
    if (failure) failure.count++;
    else this.failures.set(reason, { count: 1, example: `${example} (at ${this.seconds.toFixed(1)} s)` });
  }

  /** Each with its number and the first example. */
  get failureLines(): string[] {
    return [...this.failures].map(([reason, { count, example }]) => `${count} × ${reason}, the first: ${example}`);
  }

  /** Number of the click among those answered, or `undefined` when no answer had this id. */
  indexOf(id: string): number | undefined {
    return this.indexById.get(id);
  }

  click(index: number): AnsweredClick {
    const click = this.clicks[index];
    if (click === undefined) throw new Error(`there is no click ${index}`);
    return click;
  }
}
