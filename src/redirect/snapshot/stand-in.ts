import type { Logger } from 'pino';
import { ClickIds } from '../../clicks/click-id.js';
import { ClickRecorder } from '../../clicks/click-recorder.service.js';
import type { CompiledLink } from '../../links/compiled-link.js';
import type { Settings } from '../../platform/config/settings.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import type { ShortLinkListener } from '../front/front.js';
import { type LimitSource, type LinkSource, Redirector } from '../redirector.service.js';
import { readSnapshot, snapshotPath } from './snapshot-file.js';

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

  /** `undefined` when there is no snapshot that can be read. */
  static async open(settings: Settings, logger: Logger, worker: number): Promise<StandIn | undefined> {
    const known = new Map<string, CompiledLink>();
    const head = await readSnapshot(snapshotPath(settings.dataDir, worker), (compiled) => {
      known.set(`${compiled.link.hostname}/${compiled.link.slug}`, compiled);
    });
    if (head === undefined) return undefined;
    const metrics = new Metrics();
    const recorder = new ClickRecorder(settings, logger, metrics);
    recorder.open(worker);
    const links: LinkSource = {
      peek: (hostname, slug) => known.get(`${hostname}/${slug}`),
      find: () => Promise.reject(new DatabaseTimeout()),
    };
    const ids = new ClickIds(Buffer.from(head.clickIdKey, 'hex'));
    const redirects = new Redirector(settings, logger, links, NO_LIMITS, ids, recorder, metrics);
    return new StandIn(known.size, (request, reply) => redirects.handle(request, reply), recorder);
  }

  /** Ends its part of the spool: to be called right before the application begins its own. */
  close(): void {
    this.recorder.beforeApplicationShutdown();
  }
}

/** Nobody can count exactly without MongoDB. */
const NO_LIMITS: LimitSource = {
  use: () => Promise.reject(new DatabaseTimeout()),
  hasLeft: () => Promise.reject(new DatabaseTimeout()),
};
