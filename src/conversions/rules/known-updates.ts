import { Big } from 'big.js';
import { compareAmounts } from '../../platform/money/money.js';
import type { AppliedUpdate } from './applied-update.js';
import type { ConversionState } from './conversion-state.js';
import type { ConversionEvent } from './conversion-event.js';
import { sameMoney } from './deciding-amount.js';
import { type Settlement, settleUpdates, type SettlingRules } from './settle-updates.js';

/** A conversion keeps at most this many updates. Updates that decide nothing are dropped first. */
export const MAX_UPDATES = 50;
const MAX_HISTORY = 20;

/**
 * The updates of a conversion, in the order of arrival. A single update is in the conversion's own fields, and so are those of
 * conversions of older versions.
 */
export function knownUpdates(state: ConversionState): AppliedUpdate[] {
  if (state.updates !== undefined && state.updates.length > 0) return [...state.updates];
  const { status, networkStatus, payout, payoutAt, history } = state;
  // Conversions of older versions have no origin; all of them came by postback.
  const origin = state.statusOrigin ?? 'postback';
  const payoutOrigin = state.payoutOrigin ?? 'postback';
  const payoutStatus = state.payoutStatus ?? status;
  const isOne =
    payoutAt?.getTime() === state.statusAt.getTime() &&
    payoutOrigin === origin &&
    (payoutStatus === status || origin === 'manual');
  const currency = state.isDefaultCurrency ? { isDefaultCurrency: true as const } : {};
  // It is not stored whether the source named the time. At equal times, a later update without a time still decides.
  const statusUpdate: AppliedUpdate = {
    at: state.statusAt,
    status,
    networkStatus,
    origin,
    amount: null,
    isTimed: true,
  };
  const past = history.length > 1 ? history.slice(-MAX_HISTORY).map(toUpdate) : [];
  if (payout === null || payoutAt === null) return [...past, statusUpdate];
  if (isOne) return [...past, { ...statusUpdate, amount: payout, ...currency }];
  const amountUpdate: AppliedUpdate = {
    at: payoutAt,
    status: payoutStatus,
    networkStatus: null,
    origin: payoutOrigin,
    amount: payout,
    isTimed: true,
    ...currency,
    part: 'amount',
  };
  return [...past, amountUpdate, statusUpdate];
}

function toUpdate({ at, status, networkStatus, origin, payout }: ConversionState['history'][number]): AppliedUpdate {
  return { at, status, networkStatus: networkStatus ?? null, origin, amount: payout ?? null, part: 'history' };
}

/**
 * The earlier update that this one repeats. An update with a later time is not a repeat. A person's decision is never one,
 * because it replaces all earlier updates.
 * @param currency the conversion's currency, for amounts that name none.
 */
export function findRepeated(
  update: AppliedUpdate,
  known: readonly AppliedUpdate[],
  currency: string | null,
): AppliedUpdate | undefined {
  if (update.origin === 'manual') return undefined;
  return known.find(
    (one) =>
      one.origin !== 'manual' &&
      (one.origin === 'pixel') === (update.origin === 'pixel') &&
      one.part !== 'amount' &&
      (one.part === 'history' || one.takesBack === update.takesBack) &&
      one.status === update.status &&
      one.networkStatus === update.networkStatus &&
      hasSameAmount(one, update, currency) &&
      (update.isTimed !== true || one.at.getTime() === update.at.getTime() || isSameRefund(one, update)),
  );
}

/** Refunds have no id. An equal refund without a time, received at or after this one's time, is the same refund. */
function isSameRefund(one: AppliedUpdate, update: AppliedUpdate): boolean {
  return update.takesBack === true && one.isTimed !== true && update.at <= one.at;
}

function hasSameAmount(one: AppliedUpdate, update: AppliedUpdate, currency: string | null): boolean {
  if (update.amount === null) return !update.takesBack || one.amount === null || one.part === 'history';
  if (one.amount === null || compareAmounts(one.amount.amount, update.amount.amount) !== 0) return false;
  return currencyIn(one, currency) === currencyIn(update, currency);
}

function currencyIn(
  { amount, isDefaultCurrency }: AppliedUpdate,
  conversionCurrency: string | null,
): string | undefined {
  return isDefaultCurrency ? (conversionCurrency ?? amount?.currency) : amount?.currency;
}

/** Sets the currency of an update whose repeat names it for the first time. */
export function withNamedCurrency(
  known: AppliedUpdate[],
  repeated: AppliedUpdate,
  update: AppliedUpdate,
): AppliedUpdate[] {
  const isNamedNow =
    repeated.isDefaultCurrency && update.amount !== null && !update.isDefaultCurrency && repeated.part === undefined;
  if (!isNamedNow) return known;
  const { isDefaultCurrency: _, ...named } = { ...repeated, amount: update.amount };
  return known.map((one) => (one === repeated ? named : one));
}

/** Adds an update. Of equal updates at several times, only the first and the last are kept. */
export function withUpdate(
  known: readonly AppliedUpdate[],
  update: AppliedUpdate,
  rules: SettlingRules,
): AppliedUpdate[] {
  return bounded(withoutMiddle([...known, update], update), rules);
}

function withoutMiddle(updates: AppliedUpdate[], { takesBack, amount }: AppliedUpdate): AppliedUpdate[] {
  const last = updates.at(-1);
  if (last === undefined || (takesBack && amount !== null)) return updates; // each refund counts
  const same = updates.filter((one) => isSameContent(one, last)).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const middle = new Set(same.slice(1, -1));
  return updates.filter((one) => !middle.has(one));
}

function isSameContent(a: AppliedUpdate, b: AppliedUpdate): boolean {
  return (
    a.status === b.status &&
    a.networkStatus === b.networkStatus &&
    a.origin === b.origin &&
    a.takesBack === b.takesBack &&
    a.isDefaultCurrency === b.isDefaultCurrency &&
    a.part === b.part &&
    sameMoney(a.amount, b.amount)
  );
}

function bounded(updates: AppliedUpdate[], rules: SettlingRules): AppliedUpdate[] {
  if (updates.length <= MAX_UPDATES) return updates;
  const outcome = outcomeOf(settleUpdates(updates, rules));
  const spare = updates.findIndex((_, i) => outcomeOf(settleUpdates(updates.toSpliced(i, 1), rules)) === outcome);
  return spare < 0 ? withRefundsJoined(updates) : updates.toSpliced(spare, 1);
}

function outcomeOf({ status, amount, refunded }: Settlement): string {
  return JSON.stringify([{ ...status, sequence: 0 }, amount, refunded]);
}

/** When every update decides something, nearly all are refunds. The first two become one. */
function withRefundsJoined(updates: AppliedUpdate[]): AppliedUpdate[] {
  const [one, other] = updates.filter(({ takesBack, amount }) => takesBack && amount !== null);
  if (!one?.amount || !other?.amount) return updates.slice(1);
  const amount = { ...one.amount, amount: new Big(one.amount.amount).plus(other.amount.amount).toFixed() };
  return updates.flatMap((update) => (update === one ? [] : update === other ? [{ ...other, amount }] : [update]));
}

/** An event in the form that a conversion stores. */
export function updateOf(event: ConversionEvent): AppliedUpdate {
  const { at, status, networkStatus, origin, amount } = event;
  return {
    at,
    status: event.isChargeback ? 'rejected' : status,
    networkStatus,
    origin,
    amount: amount?.payout ?? null,
    ...(amount !== null && !event.isCurrencyNamed && { isDefaultCurrency: true as const }),
    ...(event.isChargeback && { takesBack: true as const }),
    ...(event.isTimed && { isTimed: true as const }),
  };
}
