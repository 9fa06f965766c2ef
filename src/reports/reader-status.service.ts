import { Injectable } from '@nestjs/common';
import { Metrics } from '../platform/metrics/metrics.js';
import type { ReaderReport } from './reader/reader-messages.js';

/** The last report of the reader, which runs in another process, for the metrics. */
@Injectable()
export class ReaderStatus {
  private latest: ReaderReport['status'] | undefined;

  constructor(metrics: Metrics) {
    metrics.observe('hopback_reports_behind_seconds', 'Age of the newest data that reports count', () =>
      this.latest === undefined || this.latest.asOf === 0 ? NaN : (Date.now() - this.latest.asOf) / 1_000,
    );
    metrics.observe('hopback_reports_complete', 'Whether reports count all stored data (1) or a part of it (0)', () =>
      this.latest?.isComplete ? 1 : 0,
    );
  }

  update({ status }: ReaderReport): void {
    this.latest = status;
  }
}
