import type { FileConventions } from '../../../networks/rules/reading/read-event.js';
import { certainDecimalMark } from '../../../platform/money/amount-text.js';
import { certainDateOrder } from '../../../platform/time/read-time.js';

/** Learns from the unambiguous rows of a file how its amounts and dates are written; what rows contradict stays open. */
export class ConventionFinder {
  private readonly marks = new Set<'.' | ','>();
  private readonly orders = new Set<NonNullable<FileConventions['dateOrder']>>();

  see(amount: string | undefined, time: string | undefined): void {
    const mark = amount === undefined ? undefined : certainDecimalMark(amount);
    if (mark !== undefined) this.marks.add(mark);
    const order = time === undefined ? undefined : certainDateOrder(time);
    if (order !== undefined) this.orders.add(order);
  }

  get conventions(): FileConventions {
    const [decimalMark] = this.marks.size === 1 ? this.marks : [];
    const [dateOrder] = this.orders.size === 1 ? this.orders : [];
    return { ...(decimalMark && { decimalMark }), ...(dateOrder && { dateOrder }) };
  }
}
