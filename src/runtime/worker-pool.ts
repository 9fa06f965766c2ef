import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ShipperReport } from '../clicks/shipper/shipper-messages.js';
import type { ReaderReport } from '../reports/reader/reader-messages.js';
import { StartupError } from '../platform/startup/startup-error.js';
import { closeConnectionsWith } from '../platform/workarounds/worker-connections.js';
import type { FirstAccess } from './first-start.service.js';
import type { FromWorker, ToWorker } from './worker-messages.js';

const BACK_OFF_MS = { first: 100, most: 5_000 };
const STOP_PATIENCE_MS = 8_000;
const WORKER_PROGRAM = fileURLToPath(new URL('../main.js', import.meta.url));

interface Member {
  process: Worker;
  /** Its number as a worker; `undefined` for the one in reserve. */
  number: number | undefined;
  /** False at first: messages are then lost, because node:cluster receives them and does not keep them. */
  isListening: boolean;
  isBooted: boolean;
}

export interface WorkerPoolOptions {
  workers: number;
  mongodbUri: string;
  redisUrl: string | undefined;
  /** True when MongoDB is unreachable: workers serve their snapshots meanwhile. */
  startsOffline: boolean;
}

/**
 * Runs the workers, and one more in reserve that has booted and answers no requests. The reserve replaces a worker that
 * ends within milliseconds, and a new process becomes the reserve.
 */
export class WorkerPool {
  private readonly members = new Set<Member>();
  private readonly vacant: number[];
  private isStopping = false;
  private backOff = BACK_OFF_MS.first;
  private readonly onExit = (process: Worker): void => this.replace(process);
  private settleStart:
    { resolve: (access: FirstAccess | undefined) => void; reject: (error: Error) => void } | undefined;
  private serving = 0;
  private access: FirstAccess | undefined;

  constructor(private readonly options: WorkerPoolOptions) {
    this.vacant = Array.from({ length: options.workers }, (_, number) => number);
    // Not the script that started this process: `npm start` would install and build in each worker.
    cluster.setupPrimary({ exec: WORKER_PROGRAM });
    cluster.on('exit', this.onExit);
  }

  /**
   * Starts all workers. @returns what the operator needs for the first access.
   * @throws StartupError the reason why the first worker cannot start.
   */
  async start(onOffline: (links: number) => void): Promise<FirstAccess | undefined> {
    const started = new Promise<FirstAccess | undefined>((resolve, reject) => {
      this.settleStart = { resolve, reject };
    });
    this.onOffline = onOffline;
    if (this.options.startsOffline) for (const number of this.vacant.splice(0)) this.fork(number);
    else this.fork(this.vacant.shift()); // the first one prepares an empty database; the others follow
    return started;
  }

  /** Sends the report to one worker only, so that sums over all workers are right. */
  showShipper(report: ShipperReport): void {
    this.sendToFirst({ type: 'shipper', report });
  }

  /** Sends the report to one worker only, like that of the shipper. */
  showReader(report: ReaderReport): void {
    this.sendToFirst({ type: 'reader', report });
  }

  private sendToFirst(message: ToWorker): void {
    const first = [...this.members]
      .filter(({ number }) => number !== undefined)
      .sort((a, b) => (a.number ?? 0) - (b.number ?? 0))[0];
    if (first?.isBooted) send(first, message);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    cluster.off('exit', this.onExit);
    const ends = [...this.members].map(async (member) => {
      if (member.process.isDead()) return;
      const gone = once(member.process, 'exit');
      if (member.isListening) send(member, { type: 'stop' });
      else member.process.process.kill('SIGKILL'); // it has no work to finish
      const timer = setTimeout(() => member.process.process.kill('SIGKILL'), STOP_PATIENCE_MS);
      await gone;
      clearTimeout(timer);
    });
    await Promise.all(ends);
  }

  private onOffline: (links: number) => void = () => undefined;

  private fork(number: number | undefined): void {
    const member: Member = { process: cluster.fork(), number, isListening: false, isBooted: false };
    this.members.add(member);
    closeConnectionsWith(member.process);
    member.process.on('error', () => undefined); // it ends then
    member.process.on('message', (message: FromWorker) => this.onMessage(member, message));
  }

  private boot(member: Member): void {
    member.isListening = true;
    const { mongodbUri, redisUrl, startsOffline } = this.options;
    const offlineFor = startsOffline && this.settleStart ? member.number : undefined;
    send(member, { type: 'boot', mongodbUri, redisUrl, offlineFor });
  }

  private onMessage(member: Member, message: FromWorker): void {
    switch (message.type) {
      case 'listening':
        if (!this.isStopping) this.boot(member);
        break;
      case 'serving-offline':
        this.onOffline(message.links); // all workers serve the same links
        this.onOffline = () => undefined;
        break;
      case 'booted':
        member.isBooted = true;
        this.backOff = BACK_OFF_MS.first;
        this.access ??= message.access; // of the first worker, which may have prepared an empty database
        this.assignWork(member);
        break;
      case 'serving':
        this.serving++;
        if (this.serving >= this.options.workers) this.settle((start) => start.resolve(this.access));
        break;
      case 'failed':
        if (this.settleStart) this.settle((start) => start.reject(new StartupError(message.problems)));
        else for (const problem of message.problems) process.stderr.write(`hopback: a worker: ${problem}\n`);
        break;
    }
  }

  /** Assigns a number to a worker that has just booted, or keeps it in reserve, and starts the next one if needed. */
  private assignWork(member: Member): void {
    member.number ??= this.vacant.shift();
    if (member.number !== undefined) send(member, { type: 'serve', worker: member.number });
    this.refill();
  }

  private refill(): void {
    if (this.isStopping) return;
    for (const number of this.settleStart ? this.vacant.splice(0) : []) this.fork(number);
    const hasReserve = [...this.members].some(({ number }) => number === undefined);
    if (!hasReserve) this.fork(undefined);
  }

  private replace(process: Worker): void {
    const member = [...this.members].find((candidate) => candidate.process === process);
    if (member === undefined || this.isStopping) return;
    this.members.delete(member);
    if (member.number !== undefined) {
      this.serving = Math.max(0, this.serving - 1);
      this.vacant.push(member.number);
    }
    const reserve = [...this.members].find(({ number, isBooted }) => number === undefined && isBooted);
    if (reserve) this.assignWork(reserve);
    else void this.refillLater();
  }

  /** Waits first: a worker that cannot boot would be restarted in a tight loop. */
  private async refillLater(): Promise<void> {
    const wait = this.backOff;
    this.backOff = Math.min(wait * 2, BACK_OFF_MS.most);
    await sleep(wait);
    this.refill();
  }

  private settle(how: (start: NonNullable<typeof this.settleStart>) => void): void {
    const start = this.settleStart;
    this.settleStart = undefined;
    if (start) how(start);
  }
}

function send({ process }: Member, message: ToWorker): void {
  if (process.isConnected()) process.send(message, () => undefined);
}
