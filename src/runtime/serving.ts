import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { answerOn, createApp } from './app.js';
import type { ShipperReport } from '../clicks/shipper/shipper-messages.js';
import { ShipperStatus } from '../clicks/shipper/shipper-status.service.js';
import { type FirstAccess, FirstStart } from './first-start.service.js';
import { EdgeServer } from '../edge/edge-server.js';
import { toProblem } from '../platform/http/problems/problem.js';
import { Instances } from '../platform/instances/instances.service.js';
import { OutageLog } from '../platform/logging/outage-log.js';
import type { PlatformOptions } from '../platform/platform.module.js';
import { keepHeapSmall } from '../platform/startup/keep-heap-small.js';
import { lowerHelperThreads } from '../platform/startup/lower-priority.js';
import { maxConnectionsFor, openFilesLimit } from '../platform/startup/open-files.js';
import { portError } from '../platform/startup/check-port.js';
import { StartupError } from '../platform/startup/startup-error.js';
import { isNetworkTarget } from '../postbacks/rules/reading/network-target.js';
import { LinkSnapshot } from '../redirect/snapshot/link-snapshot.service.js';
import type { ReaderReport } from '../reports/reader/reader-messages.js';
import { ReaderStatus } from '../reports/reader-status.service.js';
import { OfflineRedirector } from '../redirect/snapshot/offline-redirector.js';

const RETRY_MS = 500;

/** A process that answers requests: the only one, or one of several workers. */
export class Serving {
  private readonly edge = new EdgeServer({ maxConnections: maxConnectionsFor(openFilesLimit()) });
  private app: NestFastifyApplication | undefined;
  private offline: OfflineRedirector | undefined;
  private isClosing = false;
  private readonly startFailures: OutageLog;

  constructor(private readonly options: PlatformOptions) {
    const texts = { begins: 'the application could not start yet; retrying', ends: 'the application has started' };
    this.startFailures = new OutageLog(options.logger, texts, undefined, 0);
  }

  /** Creates the application, which answers no requests yet. @returns what the operator needs for the first access. */
  async boot(): Promise<FirstAccess> {
    const app = await createApp(this.options, this.edge);
    this.app = app;
    await app.get(Instances).join();
    const access = await app.get(FirstStart).prepare();
    this.startFailures.noteSuccess();
    return access;
  }

  /** Answers requests; clicks go to the spool of `worker` (0 is the first). @throws StartupError when the port is taken. */
  async serve(worker: number): Promise<void> {
    if (this.app === undefined) throw new Error('there is nothing to serve yet');
    keepHeapSmall();
    lowerHelperThreads();
    this.offline?.close();
    this.offline = undefined;
    answerOn(this.edge, this.app, worker);
    await this.listen();
    await this.app.get(LinkSnapshot).open(worker);
  }

  /**
   * Answers the links of the last snapshot, as long as MongoDB cannot be reached.
   * @returns how many links that are; `undefined` when there is no snapshot.
   */
  async serveSnapshot(worker: number): Promise<number | undefined> {
    const { settings, logger } = this.options;
    this.offline = await OfflineRedirector.open(settings, logger, worker);
    if (this.offline === undefined) return undefined;
    this.edge.serve({
      handle: this.offline.handle,
      fallback: answerOffline,
      needsHost: (url) => !isNetworkTarget(url),
      onUnreadable: () => undefined,
    });
    await this.listen();
    return this.offline.links;
  }

  /** Passes on the report of the shipper. */
  showShipper(report: ShipperReport): void {
    this.app?.get(ShipperStatus).update(report);
  }

  /** Passes on the report of the reader of reports. */
  showReader(report: ReaderReport): void {
    this.app?.get(ReaderStatus).update(report);
  }

  /** Boots as soon as MongoDB is reachable. @param isReachable checks once. */
  async bootWhenPossible(isReachable: () => Promise<boolean>): Promise<FirstAccess | undefined> {
    while (!this.isClosing) {
      try {
        if (await isReachable()) return await this.boot();
      } catch (error) {
        if (error instanceof StartupError) throw error;
        this.startFailures.noteFailure(error);
        await this.app?.close().catch(() => undefined);
        this.app = undefined;
      }
      await sleep(RETRY_MS);
    }
    return undefined;
  }

  /** Stops accepting requests, answers those in progress, and ends. The last answers can still use spool and databases. */
  async close(): Promise<void> {
    this.isClosing = true;
    await this.edge.close();
    this.offline?.close();
    await this.app?.close();
  }

  private async listen(): Promise<void> {
    const { port, host } = this.options.settings;
    if (this.edge.server.listening) return;
    await this.edge.listen(port, host).catch((error: unknown) => {
      throw portError(error, port, host);
    });
  }
}

function answerOffline(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === '/health/live') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
    return;
  }
  const problem = toProblem('unavailable', 'MongoDB cannot be reached; short links continue to redirect.', 'none');
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '5' });
  response.end(JSON.stringify(problem));
}
