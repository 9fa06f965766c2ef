/** How many redirects were answered, to be compared with the clicks that are stored. */
export class Ledger {
  /** Answered and read by the load generator. */
  answered = 0;
  /** Answered, perhaps, when the load generator had already ended. */
  maybeMore = 0;

  /** @template {import('../load/load.mjs').Result} R @param {R} result @returns {R} */
  enter(result) {
    this.answered += result.answered;
    this.maybeMore += result.maybeMore;
    return result;
  }

  /**
   * The share of answered redirects that are stored. It is above 1 if more clicks are stored than can have been answered.
   * @param {number} stored
   */
  share(stored) {
    if (stored < this.answered) return stored / this.answered;
    return Math.max(1, stored / (this.answered + this.maybeMore));
  }
}
