import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { OutageLog } from '../../platform/logging/outage-log.js';
import type { ClientSession, Connection } from '../../platform/mongo/driver.js';
import { type SessionSource, Transactions } from '../../platform/mongo/transactions.js';
import { ClickCountersRepository } from '../../counters/click-counters.repository.js';
import { ClickBatchesRepository } from './click-batches.repository.js';
import type { Click } from '../click.schema.js';
import { SpoolOffsetsRepository } from './spool-offsets.repository.js';
import type { SpooledClick } from '../rules/click-record.js';
import { Quarantine } from '../../platform/spool/quarantine.js';
import { SpoolReader } from '../../platform/spool/spool-reader.js';
import { RecentRatesReadModel } from '../../rates/recent-rates.read-model.js';
import { RecentRates } from '../../rates/rules/recent-rates.js';
import { PrivacyReadModel } from '../../workspaces/settings/privacy.read-model.js';
import { VisitorRulesReadModel } from '../visitor-rules/visitor-rules.read-model.js';
import { CompiledVisitorRules } from '../rules/visitor-rules/compiled-visitor-rules.js';
import { MOST_PRIVATE, PerWorkspaceCache } from './per-workspace-cache.js';
import { Shipper } from './shipper.js';

const STRIPES = 8;

export interface ShipperOptions {
  /** With the models of `registerShipperModels`. */
  connection: Connection;
  /** See `beginSession`. Without it, each transaction has a new session. */
  session?: ClientSession;
  spoolRoot: string;
  /** The number of processes that write to the spool. */
  workers: number;
  enrich: (click: SpooledClick) => Click;
  logger: Logger;
  /** By default a new one. */
  failures?: OutageLog;
  /** See `ShipperParts`. */
  maxBatchClicks?: number;
  maxBatchLinks?: number;
}

/** The two lines of the time in which the shipper of a process cannot store clicks. */
export function shippingFailures(logger: Logger): OutageLog {
  return new OutageLog(logger, {
    begins: 'clicks cannot be stored; they wait in the spool and are retried',
    ends: 'clicks are stored again',
  });
}

/** Creates a shipper with its parts, for the shipper process and for tests. */
export function buildShipper(options: ShipperOptions): Shipper {
  const { connection, session, spoolRoot, workers, enrich, logger, maxBatchClicks, maxBatchLinks } = options;
  const offsets = new SpoolOffsetsRepository(connection);
  return new Shipper({
    reader: new SpoolReader(spoolRoot, workers, (segmentId) => offsets.positionOf(segmentId)),
    enrich,
    privacy: new PerWorkspaceCache(new PrivacyReadModel(connection), MOST_PRIVATE),
    visitorRules: new PerWorkspaceCache(new VisitorRulesReadModel(connection), CompiledVisitorRules.NONE),
    rates: new PerWorkspaceCache(new RecentRatesReadModel(connection), RecentRates.NONE),
    clicks: new ClickBatchesRepository(connection),
    offsets,
    counters: new ClickCountersRepository(connection, stripeOf(spoolRoot)),
    transactions: new Transactions(sessionsOf(connection, session)),
    quarantine: new Quarantine(join(spoolRoot, 'quarantine')),
    logger,
    failures: options.failures ?? shippingFailures(logger),
    maxBatchClicks,
    maxBatchLinks,
  });
}

/** The counter rows of this shipper, one of eight: a link has few rows, however many containers come and go. */
function stripeOf(spoolRoot: string): string {
  const digest = createHash('sha256').update(`${hostname()}:${spoolRoot}`).digest();
  return `clicks${digest.readUInt32LE(0) % STRIPES}`;
}

function sessionsOf(connection: Connection, session: ClientSession | undefined): SessionSource {
  if (session === undefined) return { use: (work) => connection.getClient().withSession(work) };
  let last: Promise<unknown> = Promise.resolve();
  return {
    use: (work) => {
      // A transaction that timed out may still run in the session.
      const current = last.then(() => work(session));
      last = current.catch(() => undefined);
      return current;
    },
  };
}
