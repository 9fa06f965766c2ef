import type { LogFormat } from '../../platform/logging/log-format.js';
import type { ShipperFigures } from './shipper.js';

/** The settings of the shipper's process. They are not in its environment, which other users of the machine may read. */
export interface ShipperStart {
  type: 'start';
  mongodbUri: string;
  spoolRoot: string;
  workers: number;
  geoCityDb: string | undefined;
  geoAsnDb: string | undefined;
  logLevel: string;
  logFormat: LogFormat;
}

/** Asks the shipper to ship what is in the spool and to end. */
export interface ShipperStop {
  type: 'stop';
}

export type ToShipper = ShipperStart | ShipperStop;

/** Sent by the shipper every second. */
export interface ShipperReport {
  type: 'report';
  figures: ShipperFigures;
  backlogBytes: number;
}

export type FromShipper =
  | ShipperReport
  /** The shipper has opened its databases and waits for MongoDB. */
  | { type: 'ready' }
  | { type: 'failed'; problems: string[] };
