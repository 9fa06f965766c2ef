/** Values of ranges of addresses, all of the same length in 32-bit words; a few bytes for each range. */
export class RangeTable {
  /**
   * @param starts the ranges' first addresses in ascending order, `width` words each
   * @param ends their last addresses, inclusive
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

  /** @returns the value of the range that the address is in, `undefined` when it is in none. */
  find(address: ArrayLike<number>): number | undefined {
    let low = 0; // the first range that may start after the address
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

/** Takes ranges in ascending order. */
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

  /** @returns false, and takes nothing, when it does not begin after the end of the one before or ends before it begins. */
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

/** Below, at or above zero: how the `width` words of `a` from `at` compare with the first ones of `b`. */
function compare(a: ArrayLike<number>, at: number, b: ArrayLike<number>, width: number): number {
  for (let i = 0; i < width; i++) {
    const difference = (a[at + i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
