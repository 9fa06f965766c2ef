import 'reflect-metadata';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '../../platform/logging/logger.js';
import type { OutageLog } from '../../platform/logging/outage-log.js';
import { CONNECTION_OPTIONS } from '../../platform/mongo/connection-options.js';
import { type Connection, createConnection } from '../../platform/mongo/driver.js';
import { InstanceSecretsRepository } from '../../platform/secrets/instance-secrets.repository.js';
import { InstanceSecret } from '../../platform/secrets/instance-secret.schema.js';
import { StartupError } from '../../platform/startup/startup-error.js';
import { DeviceReader } from '../enrichment/device.js';
import { enrichClick } from '../enrichment/enrich.js';
import { openGeo } from '../enrichment/geo.js';
import { VisitorKeys } from '../enrichment/visitor.js';
import { buildShipper, shippingFailures } from './build-shipper.js';
import type { Shipper } from './shipper.js';
import type { FromShipper, ShipperStart, ToShipper } from './shipper-messages.js';
import { registerShipperModels } from './shipper-models.js';
import { beginSession } from './shipper-session.repository.js';

// src/clicks/shipper: the process that brings clicks from the spool into MongoDB. This file is its entry; it gives way to the
// processes that answer requests, and ends with the process that started it (shipper-process.ts). The work is in shipper.ts:
// start reading with `Shipper.run`.
const REPORT_EVERY_MS = 1_000;
const RETRY_MS = 500;
/** The lowest priority: a seventieth of a core that redirects fully use, and all that they leave idle. */
const NICENESS = 19;

let shipper: Shipper | undefined;
let isStopping = false;

async function ship(start: ShipperStart): Promise<void> {
  const logger = createLogger(start);
  const { geoCityDb: cityDb, geoAsnDb: asnDb } = start;
  const geo = await openGeo({ cityDb, asnDb, warn: (message) => logger.warn(message) });
  send({ type: 'ready' });
  const failures = shippingFailures(logger);
  const connection = await connected(start.mongodbUri, failures);
  if (connection === undefined) return;
  const secrets = new InstanceSecretsRepository(connection.model<InstanceSecret>(InstanceSecret.name));
  const visitors = new VisitorKeys(await secrets.obtain('visitor'));
  const devices = new DeviceReader();
  const current = buildShipper({
    connection,
    session: await beginSession(connection, start.spoolRoot),
    spoolRoot: start.spoolRoot,
    workers: start.workers,
    enrich: (click) => enrichClick(click, { visitors, geo, devices }),
    logger,
    failures,
  });
  shipper = current;
  if (isStopping) current.stop();
  const timer = setInterval(() => report(current), REPORT_EVERY_MS);
  await current.run();
  clearInterval(timer);
  report(current);
  await connection.close();
}

/** Retries until MongoDB answers. A client whose first attempt failed cannot be used again, so each attempt has a new one. */
async function connected(uri: string, failures: OutageLog): Promise<Connection | undefined> {
  while (!isStopping) {
    const connection = createConnection(uri, { ...CONNECTION_OPTIONS, autoIndex: false });
    registerShipperModels(connection);
    try {
      return await connection.asPromise();
    } catch (error) {
      failures.noteFailure(error);
      await connection.close().catch(() => undefined);
      await sleep(RETRY_MS);
    }
  }
  return undefined;
}

function report(current: Shipper): void {
  send({ type: 'report', figures: current.figures, backlogBytes: current.backlogBytes() });
}

function send(message: FromShipper, then?: () => void): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => then?.());
  else then?.();
}

// A terminal sends signals to all processes of a group. The parent process says when to stop.
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
      const problems = error instanceof StartupError ? error.problems : [(error as Error).stack ?? String(error)];
      send({ type: 'failed', problems }, () => process.exit(1));
    },
  );
});
setPriority(NICENESS);
