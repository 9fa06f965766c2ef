// Shared by all parts of a run.
import { Load } from '../load/load.mjs';
import { createTraffic } from '../load/traffic.mjs';
import { drained, reconcile } from '../hopback/drain.mjs';
import { Hopback } from '../hopback/hopback.mjs';
import { startReference } from '../servers/references.mjs';
import { temporaryFolder } from '../support/cleanup.mjs';
import { findProgram, pinnedCores } from '../support/machine.mjs';
import { count, progress, secondsSince } from '../support/report.mjs';

const LINKS = 1_000;
const LINES_SHOWN = 12;
/** Parts whose servers may use every core. */
const UNPINNED = ['memory', 'shipper', 'workers', 'postbacks', 'restart', 'reports'];
/** Long enough for V8 to optimise a server. */
const WARM_UP_REQUESTS = 20_000;

/** A run: its options, its tools and its results. */
export class Bench {
  /** @type {import('../support/report.mjs').Row[]} */
  rows = [];
  /** All figures by part, for `--json`. */
  figures = {};
  /** Violations that make the run fail. @type {string[]} */
  problems = [];

  constructor(options) {
    this.options = options;
    this.cores = pinnedCores();
    this.folder = temporaryFolder('files');
    this.traffic = createTraffic(this.folder, LINKS);
    const wrk = options.wrk ? findProgram('wrk') : undefined;
    this.load = new Load({ core: this.cores?.load, connections: options.connections, wrk });
  }

  get pinning() {
    if (this.cores === undefined)
      return 'nothing is pinned (taskset and two cores are needed): take the ratios with care';
    return `servers with all their processes on core ${this.cores.server} (${UNPINNED.join(', ')}: on any), load on core ${this.cores.load}`;
  }

  /** A reference server, warmed up. @returns undefined when it is not installed */
  async startReference(name) {
    const server = await startReference(name, { core: this.cores?.server, traffic: this.traffic });
    if (server !== undefined) await this.load.send(server.port, this.traffic, WARM_UP_REQUESTS);
    return server;
  }

  /** Hopback with a thousand links in use, warmed up. */
  async startHopback({ pinned = true, env = {} } = {}) {
    const begin = performance.now();
    const core = pinned ? this.cores?.server : undefined;
    const load = this.load.unpinned();
    const hopback = await Hopback.startWithLinks({ core, env, load, traffic: this.traffic });
    hopback.ledger.enter(await load.send(hopback.port, this.traffic, WARM_UP_REQUESTS));
    await drained(hopback);
    const settings = Object.entries(env).map(([name, value]) => ` ${name}=${value}`);
    progress(`Hopback${settings.join('')}: ready, ${LINKS} links in use (${secondsSince(begin)} s)`);
    return hopback;
  }

  /**
   * Requests every link once before each measurement, because an idle server may have dropped links that a busy one keeps.
   * With several workers, more requests are sent, because it is random which worker gets one.
   */
  async wakeUp({ port, ledger, workers = 1 }) {
    const times = workers === 1 ? 1 : 3 * workers;
    const result = await this.load.send(port, this.traffic, LINKS * times, { inOrder: true });
    ledger?.enter(result);
  }

  /** Says in the table, and in the exit code, whether every answered redirect was recorded. */
  async reportRecorded(what, hopback) {
    const { answered, stored, counted, share } = await reconcile(hopback);
    this.rows.push({
      what: `${what}: clicks recorded`,
      figure: `${count(stored)} stored, ${count(counted)} counted`,
      beside: `${count(answered)} answered, up to ${count(hopback.ledger.maybeMore)} more unread`,
      ratio: share,
    });
    if (share !== 1 || counted !== stored) {
      const said = hopback.program.output.split('\n').slice(-LINES_SHOWN).join('\n');
      this.problems.push(`${what}: not every answered redirect was recorded once. What it wrote last:\n${said}`);
    }
    return { answered, stored, counted, share };
  }
}
