import { asNumber } from '../draft/draft-values';

/** The share of each weight in percent. Weights that are no number count as 0. */
export function shares(weights: readonly string[]): number[] {
  const numbers = weights.map((weight) => {
    const number = asNumber(weight);
    return typeof number === 'number' && number > 0 ? number : 0;
  });
  const sum = numbers.reduce((total, number) => total + number, 0);
  return numbers.map((number) => (sum === 0 ? 0 : Math.round((number / sum) * 100)));
}
