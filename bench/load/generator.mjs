// The load generator, a separate process. Its only argument is its task (JSON), and its result is a line of JSON.
// closed: every connection sends its next request after each answer, for some seconds or a number of requests.
// paced: request i is due at i/rate seconds, whether earlier ones were answered or not. Latency counts from when it was due,
// so that a stalled server is charged for all requests of that time ("coordinated omission").
import { readFileSync } from 'node:fs';
import { Connection } from './connection.mjs';
import { Histogram } from './histogram.mjs';

const PATIENCE_MS = 10_000;
/** Requests a second up to which they are due a millisecond apart or more. */
const RESTFUL_RATE = 1_000;

/**
 * @typedef {object} Task
 * @property {number} port
 * @property {string} requestsFile
 * @property {number} connections
 * @property {'closed' | 'paced'} mode
 * @property {number} [seconds]
 * @property {number} [rate] paced: requests a second
 * @property {number} [leadSeconds] paced: comes before, at the same rate; its latencies are told apart
 * @property {number} [count] closed: end after so many requests instead of seconds
 * @property {boolean} [inOrder] every link in its turn, instead of one at random
 */

class Generator {
  #task;
  #slugs;
  #tails;
  #latencies = new Histogram();
  #leadLatencies = new Histogram();
  /** Requests that were due before this belong to the lead. */
  #leadEnd = 0;
  #statuses = {};
  #connections;
  #idle = [];
  #sent = 0;
  #answered = 0;
  #gone = 0;
  #isOver = false;
  #lastAnswerAt = 0;
  #finish;

  /** @param {Task} task */
  constructor(task) {
    this.#task = task;
    const { slugs, tails } = JSON.parse(readFileSync(task.requestsFile, 'utf8'));
    this.#slugs = slugs;
    this.#tails = tails;
    const events = {
      onAnswer: (connection, status) => this.#onAnswer(connection, status),
      onGone: () => this.#onGone(),
    };
    this.#connections = Array.from({ length: task.connections }, () => new Connection(events));
  }

  async run() {
    await Promise.all(this.#connections.map((connection) => connection.open(this.#task.port)));
    this.#idle = this.#connections.filter(({ isOpen }) => isOpen);
    const finished = new Promise((resolve) => (this.#finish = resolve));
    const begin = performance.now();
    this.#lastAnswerAt = begin;
    if (this.#task.mode === 'paced') this.#pace(begin);
    else this.#saturate(begin);
    await finished;
    this.#isOver = true;
    for (const connection of this.#connections) connection.close();
    return this.#result((this.#lastAnswerAt - begin) / 1000);
  }

  #saturate(begin) {
    const { seconds, count = Infinity } = this.#task;
    this.most = count;
    this.end = seconds === undefined ? Infinity : begin + seconds * 1000;
    this.dueOf = () => performance.now();
    for (const connection of this.#idle.splice(0)) this.#next(connection);
    this.#watch();
  }

  /**
   * Runs the event loop without pause, because a timer of a millisecond would send requests in bursts. At low rates it pauses,
   * so that the servers have the core.
   */
  #pace(begin) {
    const { rate, leadSeconds = 0 } = this.#task;
    const seconds = leadSeconds + this.#task.seconds;
    this.#leadEnd = begin + leadSeconds * 1000;
    this.most = rate * seconds;
    // A server that is too slow gets twice the time; requests that are unsent by then are reported.
    this.end = begin + seconds * 2_000;
    this.dueOf = (index) => begin + (index * 1000) / rate;
    const turn = () => {
      if (this.#isOver) return;
      while (this.#idle.length > 0 && this.#hasMore() && this.dueOf(this.#sent) <= performance.now()) {
        this.#next(this.#idle.shift());
      }
      this.#endWhenDone();
      if (rate > RESTFUL_RATE) setImmediate(turn);
      else setTimeout(turn, 1);
    };
    turn();
    this.#watch();
  }

  #hasMore() {
    return this.#sent < this.most && performance.now() < this.end;
  }

  #next(connection) {
    if (!this.#hasMore()) return;
    const index = this.#sent++;
    connection.ask(this.#request(index), this.dueOf(index));
  }

  #request(index) {
    const slugs = this.#slugs;
    const tails = this.#tails;
    const slug = slugs[this.#task.inOrder ? index % slugs.length : Math.floor(Math.random() * slugs.length)];
    return `GET /${slug} HTTP/1.1\r\n${tails[Math.floor(Math.random() * tails.length)]}`;
  }

  #onAnswer(connection, status) {
    this.#lastAnswerAt = performance.now();
    const latencies = connection.due < this.#leadEnd ? this.#leadLatencies : this.#latencies;
    latencies.record((this.#lastAnswerAt - connection.due) * 1000);
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    this.#answered++;
    if (this.#task.mode === 'paced') this.#idle.push(connection);
    else this.#next(connection);
    this.#endWhenDone();
  }

  #onGone() {
    if (this.#isOver) return;
    this.#gone++;
    this.#idle = this.#idle.filter(({ isOpen }) => isOpen);
    if (this.#connections.every(({ isOpen }) => !isOpen)) this.#finish?.();
  }

  #endWhenDone() {
    if (!this.#hasMore() && this.#answered === this.#sent) this.#finish();
  }

  /** A missing answer must not block the run. */
  #watch() {
    const timer = setInterval(() => {
      this.#endWhenDone();
      if (performance.now() - this.#lastAnswerAt > PATIENCE_MS) this.#finish();
    }, 100);
    timer.unref();
  }

  #result(seconds) {
    return {
      answered: this.#answered,
      statuses: this.#statuses,
      gone: this.#gone,
      unanswered: this.#sent - this.#answered,
      unsent: Number.isFinite(this.most) ? this.most - this.#sent : 0,
      seconds,
      p50: this.#latencies.quantile(0.5),
      p99: this.#latencies.quantile(0.99),
      p999: this.#latencies.quantile(0.999),
      leadP99: this.#leadLatencies.quantile(0.99),
    };
  }
}

const result = await new Generator(JSON.parse(process.argv[2])).run();
process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
process.exit(0);
