import type { ShipperReport } from '../clicks/shipper/shipper-messages.js';

/** Messages from the primary process to a worker. */
export type ToWorker =
  /** Make ready. With `offlineFor`, MongoDB is away: serve that worker's snapshot meanwhile. */
  | { type: 'boot'; mongodbUri: string; redisUrl: string | undefined; offlineFor: number | undefined }
  /** Take the place of this worker: its spool, its snapshot, and requests. */
  | { type: 'serve'; worker: number }
  | { type: 'shipper'; report: ShipperReport }
  | { type: 'stop' };

/** Messages from a worker to the primary process. */
export type FromWorker =
  /** It listens to messages from now on; what is said before is lost. */
  | { type: 'listening' }
  | { type: 'serving-offline'; links: number }
  | { type: 'booted'; generatedKey: string | undefined }
  | { type: 'serving' }
  | { type: 'failed'; problems: string[] };
