import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { spoolBytes } from '../../platform/spool/spool-reader.js';
import { spoolRootOf } from '../../platform/spool/spool-root.js';
import type { ShipperFigures } from './shipper.js';
import type { ShipperReport } from './shipper-messages.js';

/** The last report of the shipper, which runs in another process, for the metrics. */
@Injectable()
export class ShipperStatus {
  private latest: ShipperReport | undefined;
  /** Sums of the shippers that have ended. Each shipper counts from 0. */
  private earlier: ShipperFigures = { stored: 0, damaged: 0, torn: 0, quarantined: 0 };

  constructor(@Inject(SETTINGS) settings: Settings, metrics: Metrics) {
    const counter = (name: string, help: string, figure: keyof ShipperFigures): void =>
      metrics.observeCounter(name, help, () => this.earlier[figure] + (this.latest?.figures[figure] ?? 0));
    counter('hopback_clicks_stored_total', 'Clicks stored in MongoDB and counted', 'stored');
    counter('hopback_spool_damaged_total', 'Damaged parts of the spool that were skipped', 'damaged');
    counter('hopback_spool_torn_total', 'Records that a crash has cut off, never acknowledged', 'torn');
    counter(
      'hopback_spool_quarantined_total',
      'Clicks that can never be stored, moved to the quarantine',
      'quarantined',
    );
    metrics.observe(
      'hopback_spool_backlog_bytes',
      'Bytes in the spool that are not in MongoDB yet',
      () => this.latest?.backlogBytes ?? spoolBytes(spoolRootOf(settings.dataDir)),
    );
  }

  update(report: ShipperReport): void {
    const before = this.latest?.figures;
    if (before && report.figures.stored < before.stored) {
      for (const figure of Object.keys(before) as (keyof ShipperFigures)[]) this.earlier[figure] += before[figure];
    }
    this.latest = report;
  }
}
