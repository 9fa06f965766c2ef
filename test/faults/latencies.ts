/** Answer times in milliseconds, by the circumstances of the request. */
export class Latencies {
  private readonly byLabel = new Map<string, number[]>();

  add(label: string, ms: number): void {
    const times = this.byLabel.get(label);
    if (times) times.push(ms);
    else this.byLabel.set(label, [ms]);
  }

  get labels(): string[] {
    return [...this.byLabel.keys()];
  }

  /** Of one label, or of all together. */
  summary(label?: string): LatencySummary {
    const times = label === undefined ? [...this.byLabel.values()].flat() : (this.byLabel.get(label) ?? []);
    const sorted = Float64Array.from(times).sort();
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
  }
}

export interface LatencySummary {
  count: number;
  p50: number;
  p99: number;
  max: number;
}
