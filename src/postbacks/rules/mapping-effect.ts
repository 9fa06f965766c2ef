import { Big } from 'big.js';
import type { ConversionState } from '../../conversions/rules/conversion-state.js';
import { groupBy } from '../../platform/collections/group-by.js';
import { formatAmount } from '../../platform/money/money.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';
import type { Verdict } from '../postback.schema.js';

const MAX_REASONS = 20;
const MAX_IDS = 100;
/** A postback with one of these verdicts waits on, so it is not finished when its run is repeated. */
const WAITS_ON = 'rejected';

/** The result that a waiting postback would have. */
export interface PreviewedPostback {
  postbackId: string;
  verdict: Verdict;
  reason: string | null;
  hint: string | null;
}

/** A conversion before and after; `before` is absent for a new one. */
export interface ConversionMove {
  before?: ConversionState;
  after: ConversionState;
}

interface EventEffect extends Record<'count' | 'created' | ConversionStatus, number> {
  eventType: EventType;
}

interface MoneyEffect extends Record<ConversionStatus, string> {
  currency: string;
}

/** The effect of a changed mapping on waiting postbacks. */
export interface MappingEffect {
  waiting: number;
  wouldCount: number;
  wouldStay: number;
  verdicts: Record<Verdict, number>;
  events: EventEffect[];
  money: MoneyEffect[];
  links: number;
  staysRejected: { reason: string; hint: string | null; count: number }[];
  postbackIds: string[];
}

/** @param moves the conversions that the postbacks together would create or change, each once. */
export function mappingEffect(
  previewed: readonly PreviewedPostback[],
  moves: readonly ConversionMove[],
): MappingEffect {
  const counting = previewed.filter(({ verdict }) => verdict === 'accepted' || verdict === 'updated');
  const verdicts = { ...NO_VERDICTS, ...countsOf(previewed.map(({ verdict }) => verdict)) };
  return {
    waiting: previewed.length,
    wouldCount: counting.length,
    wouldStay: verdicts.rejected,
    verdicts,
    events: eventEffects(moves),
    money: moneyEffects(moves),
    links: new Set(moves.map(({ after }) => after.linkId)).size,
    staysRejected: reasonsOf(previewed.filter(({ verdict }) => verdict === WAITS_ON)),
    postbackIds: counting.slice(0, MAX_IDS).map(({ postbackId }) => postbackId),
  };
}

/** The moves of conversions that are worth a word: those without another status or payout only lost or got their mark. */
export function effectiveMoves(moves: readonly ConversionMove[]): ConversionMove[] {
  return moves.filter(
    ({ before, after }) =>
      before === undefined || before.status !== after.status || !isSameMoney(before.payout, after.payout),
  );
}

/** How often each word occurs. */
export function countsOf<T extends string>(words: readonly T[]): Partial<Record<T, number>> {
  const groups = [...groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]);
  return Object.fromEntries(groups) as Partial<Record<T, number>>;
}

interface Progress {
  total: number;
  done: number;
  counts: Record<string, number>;
}

/**
 * The progress at the begin of a run, or of its repetition after its process was killed: postbacks that no longer wait are
 * done, and the others are run again.
 */
export function resumedRerun({ counts }: Progress, waiting: number): Progress {
  const { [WAITS_ON]: _, ...finished } = counts;
  const done = Object.values(finished).reduce((sum, count) => sum + count, 0);
  return { total: done + waiting, done, counts: finished };
}

const NO_VERDICTS: Readonly<Record<Verdict, number>> = {
  accepted: 0,
  updated: 0,
  duplicate: 0,
  ignored: 0,
  test: 0,
  rejected: 0,
};

function eventEffects(moves: readonly ConversionMove[]): EventEffect[] {
  const effects = [...groupBy(moves, ({ after }) => after.eventType)].map(([eventType, of]) => ({
    eventType,
    count: of.length,
    created: of.filter(({ before }) => before === undefined).length,
    approved: 0,
    pending: 0,
    rejected: 0,
    ...countsOf(of.map(({ after }) => after.status)),
  }));
  return effects.toSorted((a, b) => b.count - a.count || (a.eventType < b.eventType ? -1 : 1));
}

function moneyEffects(moves: readonly ConversionMove[]): MoneyEffect[] {
  const sums = new Map<string, Record<ConversionStatus, Big>>();
  const add = ({ status, payout }: ConversionState, sign: 1 | -1): void => {
    if (payout === null) return;
    const sum = sums.get(payout.currency) ?? { approved: new Big(0), pending: new Big(0), rejected: new Big(0) };
    sum[status] = sum[status].plus(new Big(payout.amount).times(sign));
    sums.set(payout.currency, sum);
  };
  for (const { before, after } of moves) {
    if (before !== undefined) add(before, -1);
    add(after, 1);
  }
  return [...sums]
    .map(([currency, { approved, pending, rejected }]) => ({
      currency,
      approved: formatAmount(approved.toFixed()),
      pending: formatAmount(pending.toFixed()),
      rejected: formatAmount(rejected.toFixed()),
    }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

function reasonsOf(rejected: readonly PreviewedPostback[]): MappingEffect['staysRejected'] {
  return [...groupBy(rejected, ({ reason, hint }) => `${reason ?? ''} ${hint ?? ''}`).values()]
    .map((same) => ({ reason: same[0]?.reason ?? '', hint: same[0]?.hint ?? null, count: same.length }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MAX_REASONS);
}

function isSameMoney(a: ConversionState['payout'], b: ConversionState['payout']): boolean {
  if (a === null || b === null) return a === b;
  return a.currency === b.currency && new Big(a.amount).eq(b.amount);
}
