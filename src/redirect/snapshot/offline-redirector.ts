import type { Logger } from 'pino';
import { ClickIds } from '../../clicks/rules/click-id.js';
import { ClickRecorder } from '../../clicks/click-recorder.service.js';
import { CompiledVisitorRules } from '../../clicks/rules/visitor-rules/compiled-visitor-rules.js';
import type { EdgeHandler } from '../../edge/edge-application.js';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import type { Settings } from '../../platform/config/settings.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import { GeoService } from '../geo.service.js';
import { type DomainSource, LinkResponder } from '../link-responder.service.js';
import {
  type LimitSource,
  LinkRouter,
  type LockSource,
  type StateSource,
  type VisitorRuleSource,
} from '../link-router.service.js';
import { type LinkSource, Redirector } from '../redirector.service.js';
import { readSnapshot, type SnapshotHead, snapshotPath, workersWithSnapshot } from './snapshot-file.js';

/**
 * Redirects while MongoDB cannot be reached at the start. It serves the links of the last snapshot and writes their clicks into
 * the spool. Visits that need the database get 503.
 */
export class OfflineRedirector {
  private constructor(
    readonly links: number,
    readonly handle: EdgeHandler,
    private readonly recorder: ClickRecorder,
  ) {}

  /**
   * Reads the snapshots of all workers, as a link may have been clicked on only one of them.
   * @returns `undefined` when there is no readable snapshot.
   */
  static async open(settings: Settings, logger: Logger, worker: number): Promise<OfflineRedirector | undefined> {
    const known = new Map<string, CompiledLink>();
    let head: SnapshotHead | undefined;
    for (const other of workersWithSnapshot(settings.dataDir)) {
      const read = await readSnapshot(snapshotPath(settings.dataDir, other), (link) => {
        known.set(`${link.hostname}/${link.slug}`, link);
      });
      head ??= read;
    }
    if (head === undefined) return undefined;
    const metrics = new Metrics();
    const recorder = new ClickRecorder(settings, logger, metrics);
    recorder.open(worker);
    const links: LinkSource = {
      getCached: (hostname, slug) => known.get(`${hostname}/${slug}`),
      find: () => Promise.reject(new DatabaseTimeout()),
      isLikely: () => false,
    };
    const clickIds = new ClickIds(Buffer.from(head.clickIdKey, 'hex'));
    const router = new LinkRouter(NO_LIMITS, NO_STATES, NO_LOCKS, new GeoService(settings, logger), NO_RULES);
    const responder = new LinkResponder(settings, logger, NO_DOMAINS, NO_COUNTS, clickIds, recorder, metrics);
    const redirector = new Redirector(settings, logger, links, NO_DOMAINS, router, responder);
    return new OfflineRedirector(known.size, (request, reply) => redirector.handle(request, reply), recorder);
  }

  /** Closes its spool segment. Must be called right before the application opens its own. */
  close(): void {
    this.recorder.beforeApplicationShutdown();
  }
}

/** The domains are in MongoDB, so only links of the snapshot are served. */
const NO_DOMAINS: DomainSource = { getCached: () => 'unknown-yet', find: () => Promise.reject(new DatabaseTimeout()) };
const NO_COUNTS = { count: () => undefined };

/** The results of variants are in MongoDB, so the configured weights are used. */
const NO_STATES: StateSource = { of: async () => undefined };

/** The key of unlock cookies is in MongoDB. */
const NO_LOCKS: LockSource = {
  isUnlocked: () => {
    throw new DatabaseTimeout();
  },
};

/** The visitor rules are in MongoDB. The shipper applies them to the clicks later. */
const NO_RULES: VisitorRuleSource = { getRules: () => Promise.resolve(CompiledVisitorRules.NONE) };

/** Click limits are exact only with MongoDB, so links with a limit are answered 503. */
const NO_LIMITS: LimitSource = {
  use: () => Promise.reject(new DatabaseTimeout()),
  hasLeft: () => Promise.reject(new DatabaseTimeout()),
};
