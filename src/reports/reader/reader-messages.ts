import type { LogFormat } from '../../platform/logging/log-format.js';
import type { CopyStatus } from './report-copy.js';

/** The header of an answer with the state of the copy (`CopyStatus` as JSON). */
export const STATUS_HEADER = 'x-copy-status';

/** The settings of the reader's process. They are not in its environment, which other users of the machine may read. */
export interface ReaderStart {
  type: 'start';
  mongodbUri: string;
  dataDir: string;
  logLevel: string;
  logFormat: LogFormat;
}

/** Asks the reader to end. */
export interface ReaderStop {
  type: 'stop';
}

export type ToReader = ReaderStart | ReaderStop;

/** Sent by the reader every second. */
export interface ReaderReport {
  type: 'report';
  status: CopyStatus;
}

export type FromReader =
  | ReaderReport
  /** DuckDB cannot be loaded on this machine. The reader stays and does nothing. */
  | { type: 'unavailable'; reason: string };
