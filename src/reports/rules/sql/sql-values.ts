/**
 * The texts of a statement that come from outside. They are bound, never written into SQL. Whole numbers are written as they
 * are: a bound number would be a floating-point one, and the copy would convert every row for the comparison.
 */
export class SqlValues {
  readonly texts: string[] = [];

  /** @returns the placeholder of the text. */
  add(text: string): string {
    this.texts.push(text);
    return `$${this.texts.length}`;
  }

  /** A whole number as SQL. @throws RangeError for other numbers. */
  static integer(value: number): string {
    if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`);
    return String(value);
  }
}
