/** An amount as it was typed, and its currency. */
export interface MoneyDraft {
  amount: string;
  currency: string;
}

/** The money that a draft means: a comma is read as the decimal point. Undefined while the amount is empty. */
export function moneyOf({ amount, currency }: MoneyDraft): MoneyDraft | undefined {
  const typed = amount.trim().replace(',', '.').replace('−', '-');
  return typed === '' ? undefined : { amount: typed, currency: currency.trim().toUpperCase() };
}
