const STEP_MICROS = 5;
const MOST_MICROS = 10_000_000;

/** Latencies in buckets of 5 µs up to 10 s. Recording takes constant time. */
export class Histogram {
  #buckets = new Uint32Array(MOST_MICROS / STEP_MICROS + 1);
  #count = 0;

  record(micros) {
    this.#buckets[Math.min(this.#buckets.length - 1, Math.max(0, Math.floor(micros / STEP_MICROS)))]++;
    this.#count++;
  }

  /** @param {number} share 0.99 for p99 @returns {number} microseconds, 0 when nothing was recorded */
  quantile(share) {
    const rank = Math.ceil(this.#count * share);
    let seen = 0;
    for (let bucket = 0; bucket < this.#buckets.length; bucket++) {
      seen += this.#buckets[bucket];
      if (seen >= rank && rank > 0) return (bucket + 1) * STEP_MICROS;
    }
    return 0;
  }
}
