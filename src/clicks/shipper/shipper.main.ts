import 'reflect-metadata';
import { constants, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createLogger } from '../../platform/logging/logger.js';
import { CONNECTION_OPTIONS } from '../../platform/mongo/connection-options.js';
import { type Connection, createConnection } from '../../platform/mongo/driver.js';
import { InstanceSecretsRepository } from '../../platform/secrets/instance-secrets.repository.js';
import { InstanceSecret } from '../../platform/secrets/instance-secret.schema.js';
import { enrichClick } from '../enrich.js';
import { buildShipper } from './build-shipper.js';
import type { Shipper } from './shipper.js';
import type { ShipperReport, ShipperStart, ToShipper } from './shipper-messages.js';
import { registerShipperModels } from './shipper-models.js';

// The shipper's process. It yields to those that answer requests, and ends when the process that started it is gone.
const REPORT_EVERY_MS = 1_000;
const RETRY_MS = 500;

let shipper: Shipper | undefined;
let isStopping = false;

async function ship(start: ShipperStart): Promise<void> {
  const logger = createLogger(start.logLevel);
  const connection = await connected(start.mongodbUri, logger);
  if (connection === undefined) return;
  const secrets = new InstanceSecretsRepository(connection.model<InstanceSecret>(InstanceSecret.name));
  const visitorSecret = await secrets.obtain('visitor');
  const current = buildShipper({
    connection,
    spoolRoot: start.spoolRoot,
    workers: start.workers,
    enrich: (click) => enrichClick(click, visitorSecret),
    logger,
  });
  shipper = current;
  if (isStopping) current.stop();
  const timer = setInterval(() => report(current), REPORT_EVERY_MS);
  await current.run();
  clearInterval(timer);
  report(current);
  await connection.close();
}

/** MongoDB may be away when we start: a client whose first attempt failed is of no use, so each attempt has its own. */
async function connected(uri: string, logger: Logger): Promise<Connection | undefined> {
  while (!isStopping) {
    const connection = createConnection(uri, { ...CONNECTION_OPTIONS, autoIndex: false });
    registerShipperModels(connection);
    try {
      return await connection.asPromise();
    } catch (error) {
      logger.error({ err: error }, 'the shipper can not reach MongoDB; clicks stay in the spool for now');
      await connection.close().catch(() => undefined);
      await sleep(RETRY_MS);
    }
  }
  return undefined;
}

function report(current: Shipper): void {
  const message: ShipperReport = { type: 'report', figures: current.figures, backlogBytes: current.backlogBytes() };
  if (process.connected) process.send?.(message, () => undefined);
}

// A terminal sends its signals to all processes of a group: it is our parent that says when to stop.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToShipper) => {
  if (message.type === 'stop') {
    isStopping = true;
    shipper?.stop();
    return;
  }
  ship(message).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`hopback: the click shipper: ${(error as Error).stack ?? String(error)}\n`);
      process.exit(1);
    },
  );
});
setPriority(constants.priority.PRIORITY_LOW);
