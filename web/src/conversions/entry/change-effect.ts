import { subtractAmounts } from '../../ui/data/decimal';
import { formatAmount, formatMoney, isZeroAmount, type MoneyValue } from '../../ui/data/money-format';
import type { ConversionStatus } from '../conversions-words';
import { entryWords as words } from './entry-words';

/** Status and payout of a conversion. */
interface MoneyState {
  status: ConversionStatus;
  payout: MoneyValue | null;
}

/** The sums in which a payout counts: confirmed is approved, expected is approved and pending. */
const SUMS = {
  approved: ['confirmed', 'expected'],
  pending: ['expected'],
  rejected: [],
} as const satisfies Record<ConversionStatus, readonly ('confirmed' | 'expected')[]>;

type Sum = 'confirmed' | 'expected';

/**
 * The effect of a change on the money, in a sentence, before it is made: "Approved → Rejected takes 77.50 EUR out of confirmed
 * and expected." Null: neither status nor payout changes.
 */
export function changeEffect(before: MoneyState, after: MoneyState): string | null {
  const hasMoved = before.status !== after.status;
  const hasOtherPayout = !isSameMoney(before.payout, after.payout);
  if (!hasMoved && !hasOtherPayout) return null;
  const start = hasMoved
    ? words.moves(before.status, after.status)
    : ((after.payout && formatMoney(after.payout)) ?? '');
  const effects = (['confirmed', 'expected'] as const).flatMap((sum) =>
    effectsOn(sum, before, after).map((effect) => ({ sum, ...effect })),
  );
  const said = mergeSums(effects);
  return `${start} ${said.length === 0 ? words.noMoney : said.join(', ')}.`;
}

interface Effect {
  kind: 'takesOut' | 'putsIn' | 'changesBy';
  money: string;
}

function effectsOn(sum: Sum, before: MoneyState, after: MoneyState): Effect[] {
  const [old, now] = [amountIn(sum, before), amountIn(sum, after)];
  if (isSameMoney(old, now)) return [];
  if (old !== null && now !== null && old.currency === now.currency) {
    const difference = formatAmount(subtractAmounts(now.amount, old.amount), { hasSign: true });
    return [{ kind: 'changesBy', money: `${difference} ${now.currency}` }];
  }
  return [
    ...(old === null ? [] : [{ kind: 'takesOut', money: formatMoney(old) } as const]),
    ...(now === null ? [] : [{ kind: 'putsIn', money: formatMoney(now) } as const]),
  ];
}

function amountIn(sum: Sum, { status, payout }: MoneyState): MoneyValue | null {
  const counts = (SUMS[status] as readonly Sum[]).includes(sum);
  return counts && payout !== null && !isZeroAmount(payout.amount) ? payout : null;
}

/** Says an effect that both sums have once. */
function mergeSums(effects: readonly (Effect & { sum: Sum })[]): string[] {
  const said: string[] = [];
  for (const { kind, money, sum } of effects) {
    const isInBoth = effects.filter((other) => other.kind === kind && other.money === money).length === 2;
    if (isInBoth && sum === 'expected') continue;
    said.push(words[kind](money, isInBoth ? words.both : words[sum]));
  }
  return said;
}

export function isSameMoney(a: MoneyValue | null, b: MoneyValue | null): boolean {
  if (a === null || b === null) return a === b;
  return a.currency === b.currency && isZeroAmount(subtractAmounts(a.amount, b.amount));
}
