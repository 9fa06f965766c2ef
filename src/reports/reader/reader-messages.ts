import type { ReportSource } from '../../platform/config/settings.js';
import type { LogFormat } from '../../platform/logging/log-format.js';
import type { DataStatus } from './report-answerer.js';

/** The header of an answer with the state of its data (`DataStatus` as JSON). */
export const STATUS_HEADER = 'x-copy-status';

/** The settings of the reader's process. They are not in its environment, which other users of the machine may read. */
export interface ReaderStart {
  type: 'start';
  mongodbUri: string;
  dataDir: string;
  /** Where reports are read from. Without DuckDB it is always MongoDB. */
  source: ReportSource;
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
  status: DataStatus;
}

export type FromReader =
  | ReaderReport
  /** DuckDB cannot be loaded on this machine. Reports are read from MongoDB. */
  | { type: 'no_duckdb'; reason: string };
