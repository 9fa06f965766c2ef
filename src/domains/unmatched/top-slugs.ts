export type SlugHits = readonly (readonly [slug: string, hits: number])[];

/**
 * The most frequent slugs, in a memory of fixed size (Misra and Gries, "Finding repeated elements", 1982).
 * A slug that is frequent enough stays, however many others come between. Its count is a lower bound.
 */
export class TopSlugs {
  private hits = new Map<string, number>();

  constructor(private readonly max: number) {}

  get size(): number {
    return this.hits.size;
  }

  add(slug: string): void {
    const known = this.hits.get(slug);
    if (known !== undefined) this.hits.set(slug, known + 1);
    else if (this.hits.size < this.max) this.hits.set(slug, 1);
    else this.lowerAll(1);
  }

  /** Adds the counts of another process or time. */
  merge(other: SlugHits): void {
    for (const [slug, count] of other) this.hits.set(slug, (this.hits.get(slug) ?? 0) + count);
    if (this.hits.size <= this.max) return;
    const byHits = [...this.hits.values()].sort((a, b) => b - a);
    this.lowerAll(byHits[this.max] ?? 0);
  }

  /** Most frequent first. */
  entries(): [slug: string, hits: number][] {
    return [...this.hits.entries()].sort((a, b) => b[1] - a[1]);
  }

  private lowerAll(by: number): void {
    for (const [slug, count] of this.hits) {
      if (count <= by) this.hits.delete(slug);
      else this.hits.set(slug, count - by);
    }
  }
}
