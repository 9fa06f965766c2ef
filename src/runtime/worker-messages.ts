import type { ShipperReport } from '../clicks/shipper/shipper-messages.js';
import type { ReaderReport } from '../reports/reader/reader-messages.js';
import type { FirstAccess } from './first-start.service.js';

/** Messages from the primary process to a worker. */
export type ToWorker =
  /** Boot. With `offlineFor`, MongoDB is unreachable: serve the snapshot of that worker meanwhile. */
  | { type: 'boot'; mongodbUri: string; redisUrl: string | undefined; offlineFor: number | undefined }
  /** Become this worker: use its spool and its snapshot, and answer requests. */
  | { type: 'serve'; worker: number }
  | { type: 'shipper'; report: ShipperReport }
  | { type: 'reader'; report: ReaderReport }
  | { type: 'stop' };

/** Messages from a worker to the primary process. */
export type FromWorker =
  /** It receives messages from now on; earlier ones are lost. */
  | { type: 'listening' }
  | { type: 'serving-offline'; links: number }
  | { type: 'booted'; access: FirstAccess | undefined }
  | { type: 'serving' }
  | { type: 'failed'; problems: string[] };
