import { createLogger } from '../platform/logging/logger.js';
import type { Settings } from '../platform/config/settings.js';
import { isReachable } from '../platform/startup/preflight.js';
import { StartupError } from '../platform/startup/startup-error.js';
import { Serving } from './serving.js';
import type { FromWorker, ToWorker } from './worker-messages.js';

/** Runs a worker process (`WORKERS` above 1). It follows the messages of the primary, and node:cluster ends it with the primary. */
export function runWorker(settings: Settings): void {
  let serving: Serving | undefined;

  const obey = async (message: ToWorker): Promise<void> => {
    switch (message.type) {
      case 'boot': {
        const { mongodbUri, redisUrl, offlineFor } = message;
        serving = new Serving({ settings, logger: createLogger(settings), mongodbUri, redisUrl });
        if (offlineFor !== undefined) await serveOffline(serving, offlineFor);
        const access = await serving.bootWhenPossible(() => isReachable(mongodbUri));
        send({ type: 'booted', access });
        break;
      }
      case 'serve':
        await serving?.serve(message.worker);
        send({ type: 'serving' });
        break;
      case 'shipper':
        serving?.showShipper(message.report);
        break;
      case 'reader':
        serving?.showReader(message.report);
        break;
      case 'stop':
        await end(serving);
        break;
    }
  };
  process.on('message', (message: ToWorker) => {
    obey(message).catch((error: unknown) => {
      const problems = error instanceof StartupError ? error.problems : [(error as Error).stack ?? String(error)];
      send({ type: 'failed', problems }, () => process.exit(1));
    });
  });
  process.on('SIGTERM', () => void end(serving));
  // A terminal sends these signals to all processes of a group. The primary decides when a worker stops.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  send({ type: 'listening' });
}

async function serveOffline(serving: Serving, worker: number): Promise<void> {
  const links = await serving.serveSnapshot(worker);
  if (links !== undefined) send({ type: 'serving-offline', links });
}

async function end(serving: Serving | undefined): Promise<void> {
  try {
    await serving?.close();
  } finally {
    process.exit(0);
  }
}

function send(message: FromWorker, then?: () => void): void {
  if (process.connected) process.send?.(message, undefined, undefined, then);
  else then?.();
}
