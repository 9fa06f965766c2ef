/** Maps ranges of addresses to values, in a few bytes for each range. All addresses have `width` 32-bit words. */
export class RangeTable {
  /**
   * @param starts first addresses of the ranges in ascending order, `width` words each.
   * @param ends last addresses of the ranges, inclusive.
   */
  constructor(
    private readonly width: number,
    private readonly starts: Uint32Array,
    private readonly ends: Uint32Array,
    private readonly values: Uint32Array,
  ) {}

  get size(): number {
    return this.values.length;
  }

  /** @returns the value of the range that contains the address; `undefined` when there is none. */
  find(address: ArrayLike<number>): number | undefined {
    let low = 0; // index of the first range that may start after the address
    let high = this.values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.starts, middle * this.width, address, this.width) <= 0) low = middle + 1;
      else high = middle;
    }
    const candidate = low - 1;
    if (candidate < 0 || compare(this.ends, candidate * this.width, address, this.width) < 0) return undefined;
    return this.values[candidate];
  }
}

/** Builds a table from ranges in ascending order. */
export class RangeTableBuilder {
  private starts: Uint32Array;
  private ends: Uint32Array;
  private values: Uint32Array;
  private count = 0;

  constructor(
    private readonly width: number,
    capacity = 1_024,
  ) {
    this.starts = new Uint32Array(capacity * width);
    this.ends = new Uint32Array(capacity * width);
    this.values = new Uint32Array(capacity);
  }

  /** @returns false, without adding the range, when it overlaps the previous one, is out of order, or ends before it begins. */
  add(start: ArrayLike<number>, end: ArrayLike<number>, value: number): boolean {
    const { count, width } = this;
    if (count > 0 && compare(this.ends, (count - 1) * width, start, width) >= 0) return false;
    if (compare(start, 0, end, width) > 0) return false;
    if (count === this.values.length) this.grow();
    for (let i = 0; i < width; i++) {
      this.starts[count * width + i] = start[i] ?? 0;
      this.ends[count * width + i] = end[i] ?? 0;
    }
    this.values[count] = value;
    this.count++;
    return true;
  }

  build(): RangeTable {
    const words = this.count * this.width;
    return new RangeTable(
      this.width,
      this.starts.slice(0, words),
      this.ends.slice(0, words),
      this.values.slice(0, this.count),
    );
  }

  private grow(): void {
    this.starts = doubled(this.starts);
    this.ends = doubled(this.ends);
    this.values = doubled(this.values);
  }
}

function doubled(array: Uint32Array): Uint32Array {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Compares `width` words of `a` from index `at` with the first ones of `b`: below, at or above zero. */
function compare(a: ArrayLike<number>, at: number, b: ArrayLike<number>, width: number): number {
  for (let i = 0; i < width; i++) {
    const difference = (a[at + i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
