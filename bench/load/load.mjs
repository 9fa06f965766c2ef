// Puts load on a server: with wrk if it is installed and can do the task, otherwise with generator.mjs.
import { fileURLToPath } from 'node:url';
import { onCore } from '../support/machine.mjs';
import { Program } from '../support/program.mjs';

const GENERATOR = fileURLToPath(new URL('generator.mjs', import.meta.url));
const RESULT = /^RESULT (.*)$/m;
/** An idle server is slower at first: the processor's caches are cold, and V8 may have to optimise again. */
const LEAD_SECONDS = 1;
/** The status of every redirecting server here. */
const REDIRECT = '302';

/**
 * @typedef {object} Result
 * @property {number} answered redirects that were answered and read
 * @property {number} maybeMore redirects that may have been answered beside: wrk ends with requests on their way
 * @property {number} seconds
 * @property {number} rate answered redirects a second
 * @property {number} p50 microseconds, as p99 and p999
 * @property {number} p99
 * @property {number} [p999]
 * @property {number} [leadP99] paced: of the second before
 * @property {number} [unsent] paced: requests that were due, but for which no connection became free
 */

/** The load generator: its core, its number of connections and its tool. */
export class Load {
  /** @param {{core: number | undefined, connections: number, wrk: string | undefined}} options */
  constructor({ core, connections, wrk }) {
    this.core = core;
    this.connections = connections;
    this.wrk = wrk;
  }

  get tool() {
    return this.wrk === undefined ? 'the own generator' : 'wrk';
  }

  /** The same load on any core. */
  unpinned() {
    return new Load({ ...this, core: undefined });
  }

  /** Measures the maximum rate of the server. @returns {Promise<Result>} */
  saturate(port, traffic, seconds) {
    if (this.wrk === undefined) return this.#generate(port, traffic, { mode: 'closed', seconds }, seconds);
    return this.#runWrk(port, traffic, seconds);
  }

  /** `others`: further statuses that are allowed. `rate` requests a second, whatever the server does; after a second of the same, whose p99 is told apart. @returns {Promise<Result>} */
  pace(
    port,
    traffic,
    rate,
    seconds,
    { inOrder = false, status = REDIRECT, leadSeconds = LEAD_SECONDS, others = [] } = {},
  ) {
    const whole = leadSeconds + seconds;
    const task = { mode: 'paced', rate, seconds, leadSeconds, inOrder };
    return this.#generate(port, traffic, task, whole * 2, [status, ...others]);
  }

  /** So many requests as fast as they are answered, to links at random or to each in its turn. @returns {Promise<Result>} */
  send(port, traffic, count, { inOrder = false, status = REDIRECT } = {}) {
    return this.#generate(port, traffic, { mode: 'closed', count, inOrder }, 1_200, [status]);
  }

  async #runWrk(port, { scriptFile }, seconds) {
    const settings = ['-t1', `-c${this.connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', scriptFile];
    const output = await this.#run([this.wrk, ...settings, `http://127.0.0.1:${port}/`], seconds);
    const { answered, micros, refused, connect, read, write, timeout, p50, p99 } = readResult(output);
    if (refused + connect + read + write + timeout > 0 || answered === 0) {
      throw new Error(`not every request was answered with a redirect:\n${output}`);
    }
    const taken = micros / 1e6;
    return { answered, maybeMore: this.connections, seconds: taken, rate: answered / taken, p50, p99 };
  }

  async #generate(port, { requestsFile }, task, seconds, allowed = [REDIRECT]) {
    const whole = JSON.stringify({ port, requestsFile, connections: this.connections, ...task });
    const result = readResult(await this.#run([process.execPath, GENERATOR, whole], seconds));
    const { answered, statuses, gone, unanswered } = result;
    const isOther = Object.keys(statuses).some((status) => !allowed.includes(status));
    if (answered === 0 || isOther || gone + unanswered > 0) {
      throw new Error(`not every request was answered with ${allowed.join(' or ')}: ${JSON.stringify(result)}`);
    }
    return { ...result, maybeMore: 0, rate: answered / result.seconds };
  }

  #run(command, seconds) {
    return new Program(onCore(this.core, command)).finish((seconds + 30) * 1000);
  }
}

function readResult(output) {
  const json = RESULT.exec(output)?.[1];
  if (json === undefined) throw new Error(`the load generator gave no result:\n${output}`);
  return JSON.parse(json);
}
