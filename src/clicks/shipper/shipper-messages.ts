import type { LogFormat } from '../../platform/logging/log-format.js';
import type { ShipperFigures } from './shipper.js';

/** What the shipper's process is told when it starts: not by its environment, which other users of the machine may read. */
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

/** Ship what is there and end. */
export interface ShipperStop {
  type: 'stop';
}

export type ToShipper = ShipperStart | ShipperStop;

/** What it says of itself every second. */
export interface ShipperReport {
  type: 'report';
  figures: ShipperFigures;
  backlogBytes: number;
}

export type FromShipper =
  | ShipperReport
  /** It has what it needs but MongoDB, which it waits for. */
  | { type: 'ready' }
  | { type: 'failed'; problems: string[] };
