import { Injectable } from '@nestjs/common';
import { Metrics } from '../platform/metrics/metrics.js';

/** The counters that several services of this module share. */
@Injectable()
export class PostbackMetrics {
  readonly postbacks;
  readonly postbacksLimited;
  readonly rematched;

  constructor(metrics: Metrics) {
    this.postbacks = metrics.counter('hopback_postbacks_total', 'Postbacks received by verdict', ['verdict', 'reason']);
    this.postbacksLimited = metrics.counter(
      'hopback_postbacks_limited_total',
      'Postbacks answered 429 because their network sent more than it may',
    );
    this.rematched = metrics.counter(
      'hopback_postbacks_rematched_total',
      'Waiting postbacks that were reprocessed automatically',
      ['verdict'],
    );
  }
}
