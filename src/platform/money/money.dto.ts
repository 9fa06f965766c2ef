import type { Money } from './money.js';

export class MoneyResponse implements Money {
  /**
   * Exact decimal.
   * @example "50.00"
   */
  amount: string;
  /**
   * ISO 4217.
   * @example "EUR"
   */
  currency: string;
}
