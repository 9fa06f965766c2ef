import type { Logger } from 'pino';
import { ClickIds } from '../../clicks/click-id.js';
import { CompiledVisitorRules } from '../../clicks/visitor-rules/compiled-visitor-rules.js';
import { ClickRecorder } from '../../clicks/click-recorder.service.js';
import type { CompiledLink } from '../../links/compiled-link.js';
import type { Settings } from '../../platform/config/settings.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import type { ShortLinkListener } from '../front/front.js';
import {
  Guide,
  type LimitSource,
  type LockSource,
  type StateSource,
  type VisitorRuleSource,
} from '../guide.service.js';
import { Places } from '../places.service.js';
import { type DomainSource, type LinkSource, Redirector } from '../redirector.service.js';
import { readSnapshot, type SnapshotHead, snapshotPath, workersWithSnapshot } from './snapshot-file.js';

/**
 * Redirects while MongoDB can not be reached at the start: the links of the last snapshot, their clicks spooled as always.
 * Whatever else is asked is answered "not now".
 */
export class StandIn {
  private constructor(
    readonly links: number,
    readonly shortLinks: ShortLinkListener,
    private readonly recorder: ClickRecorder,
  ) {}

  /**
   * Knows what any worker knew: a link may have been clicked on one of them only.
   * @returns `undefined` when there is no snapshot that can be read.
   */
  static async open(settings: Settings, logger: Logger, worker: number): Promise<StandIn | undefined> {
    const known = new Map<string, CompiledLink>();
    let head: SnapshotHead | undefined;
    for (const other of workersWithSnapshot(settings.dataDir)) {
      const read = await readSnapshot(snapshotPath(settings.dataDir, other), (compiled) => {
        known.set(`${compiled.hostname}/${compiled.slug}`, compiled);
      });
      head ??= read;
    }
    if (head === undefined) return undefined;
    const metrics = new Metrics();
    const recorder = new ClickRecorder(settings, logger, metrics);
    recorder.open(worker);
    const links: LinkSource = {
      peek: (hostname, slug) => known.get(`${hostname}/${slug}`),
      find: () => Promise.reject(new DatabaseTimeout()),
      isLikely: () => false,
    };
    const ids = new ClickIds(Buffer.from(head.clickIdKey, 'hex'));
    const guide = new Guide(NO_LIMITS, NO_STATES, NO_LOCKS, new Places(settings, logger), NO_RULES);
    const redirects = new Redirector(settings, logger, links, NO_DOMAINS, NO_COUNTS, guide, ids, recorder, metrics);
    return new StandIn(known.size, (request, reply) => redirects.handle(request, reply), recorder);
  }

  /** Ends its part of the spool: to be called right before the application begins its own. */
  close(): void {
    this.recorder.beforeApplicationShutdown();
  }
}

/** Which domains there are is not known: only links that are, are served. */
const NO_DOMAINS: DomainSource = { peek: () => 'unknown-yet', find: () => Promise.reject(new DatabaseTimeout()) };
const NO_COUNTS = { count: () => undefined };

/** What variants have earned is not known: weights are as they were set. */
const NO_STATES: StateSource = { of: async () => undefined };

/** The key that proves who has given a password is not at hand. */
const NO_LOCKS: LockSource = {
  isUnlocked: () => {
    throw new DatabaseTimeout();
  },
};

/** The visitor rules are in MongoDB; the shipper applies them to the clicks once it is back. */
const NO_RULES: VisitorRuleSource = { getRules: () => Promise.resolve(CompiledVisitorRules.NONE) };

/** Nobody can count exactly without MongoDB. */
const NO_LIMITS: LimitSource = {
  use: () => Promise.reject(new DatabaseTimeout()),
  hasLeft: () => Promise.reject(new DatabaseTimeout()),
};
