import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** All metrics of this process. A room counts what it does through here, and Prometheus reads it at /metrics. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly redirects = this.counter('hopback_redirects_total', 'Short-link requests by outcome', ['outcome']);
  readonly clicksSpooled = this.counter('hopback_clicks_spooled_total', 'Clicks written to the spool');
  readonly clicksDropped = this.counter(
    'hopback_clicks_dropped_total',
    'Clicks that could not be written to the spool',
  );
  readonly clicksStored = this.counter('hopback_clicks_stored_total', 'Clicks stored in MongoDB by this process');
  readonly spoolDamaged = this.counter('hopback_spool_damaged_total', 'Spool records that could not be read', ['kind']);
  readonly spoolQuarantined = this.counter('hopback_spool_quarantined_total', 'Clicks that MongoDB refused for good');
  readonly postbacks = this.counter('hopback_postbacks_total', 'Postbacks received by verdict', ['verdict', 'reason']);
  readonly httpDuration = new Histogram({
    name: 'hopback_http_request_duration_seconds',
    help: 'Time to answer API requests and postbacks',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** A value that is asked for whenever the metrics are read. What can not be read then keeps its last value. */
  observe(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        try {
          this.set(read());
        } catch {
          // e.g. too many open files just now
        }
      },
    });
  }

  private counter<L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }
}
