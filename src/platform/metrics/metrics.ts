import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * All metrics of this process, for Prometheus at /metrics. A module creates its counters here, in the constructor of a
 * service that exists once in an application.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly requestsLimited = this.counter(
    'hopback_requests_limited_total',
    'Requests of the API answered 429, by the limit that they exceeded',
    ['limit'],
  );
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

  /** A counter whose value is kept elsewhere and read with the metrics. */
  observeCounter(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }

  /** Several such counters, one for each value of a label. */
  observeCounters(
    name: string,
    help: string,
    { label, read }: { label: string; read: () => Readonly<Record<string, number>> },
  ): void {
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [value, count] of Object.entries(read())) this.inc({ [label]: value }, count);
      },
    });
  }

  /** A value that is read with the metrics. When reading fails, it keeps its last value. */
  observe(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        try {
          this.set(read());
        } catch {
          // e.g. too many open files at the moment
        }
      },
    });
  }

  /** A new counter. @throws Error when there is one of that name. */
  counter<L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }
}
