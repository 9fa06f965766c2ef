import { IsString, Matches } from 'class-validator';
import { IsCurrencyCode } from '../http/validation/is-currency-code.decorator.js';
import type { Money } from './money.js';

export class MoneyResponse implements Money {
  /**
   * Exact decimal.
   * @example "50.00"
   */
  amount: string;
  /**
   * ISO 4217, or another code of 2 to 10 letters, as sent.
   * @example "EUR"
   */
  currency: string;
}

export class MoneyRequest {
  /**
   * Exact decimal.
   * @example "50.00"
   */
  @IsString()
  @Matches(/^-?\d{1,12}(\.\d{1,12})?$/, { message: 'amount must be a decimal such as "50.00"' })
  amount: string;

  /**
   * ISO 4217, or another code of 2 to 10 capital letters. Its revenue then needs an exchange rate of the workspace.
   * @example "EUR"
   */
  @IsCurrencyCode()
  currency: string;
}
