import { Big } from 'big.js';
import type { Money } from '../../platform/money/money.js';
import type { ConversionStatus } from '../../platform/vocabulary/conversion-words.js';
import type { AppliedUpdate } from './applied-update.js';
import type { Origin } from './conversion-event.js';
import { compareAmountAuthority, decidingAmount, type TimedAmount } from './deciding-amount.js';
import { decidingStatus, STATUS_RANK, type TimedStatus } from './status.js';

/** The state that results from a conversion's updates. */
export interface Settlement {
  status: TimedStatus;
  amount: SettledAmount | null;
  /** Refunded part of the amount; `null` without refunds. */
  refunded: Money | null;
  /** Refunds that were not subtracted because the conversion is in another currency. */
  ignoredRefunds: Money[];
}

/** The amount that results from a conversion's updates. */
export interface SettledAmount {
  /** The amount after refunds; the whole amount if all of it was refunded. */
  payout: Money;
  /** The amount before refunds. */
  gross: Money;
  /** Day whose exchange rate applies. */
  pricedAt: Date;
  origin: Origin;
  status: ConversionStatus;
  isDefaultCurrency: boolean;
}

/** Rules that depend on the conversion. */
export interface SettlingRules {
  /** A second amount does not replace the first, unless the status changes. */
  keepsFirstAmount: boolean;
}

/** An update with its position in time. */
interface Step extends AppliedUpdate {
  /** Order of arrival, for updates at the same time whose source named no time. */
  sequence: number;
}

/**
 * Computes a conversion from its updates. They are applied by their times, so the order of arrival does not matter.
 *
 * An amount without a currency is in the conversion's currency, which is that of the deciding amount with a currency.
 * A refund subtracts its amount. A refund without an amount, or of all that is left, rejects the conversion. A later
 * approval restores the whole amount.
 */
export function settleUpdates(updates: readonly AppliedUpdate[], rules: SettlingRules): Settlement {
  const [only] = updates;
  // Nearly every conversion has a single update, which needs no sorting.
  if (updates.length === 1 && only && !only.takesBack && only.part === undefined) {
    return runSteps([{ ...only, sequence: 0 }], rules, null);
  }
  const counted = updates.filter(({ part }) => part !== 'history');
  const isPageOnly = counted.every(({ origin }) => origin === 'pixel');
  const steps = inOrder(counted.filter(({ origin }) => isPageOnly || origin !== 'pixel'));
  const first = runSteps(steps, rules, null);
  const hasNamedRefund = steps.some((step) => step.takesBack && step.amount !== null && !step.isDefaultCurrency);
  return hasNamedRefund ? runSteps(steps, rules, currencyOf(first)) : first;
}

function currencyOf({ amount }: Settlement): string | null {
  return amount?.payout.currency ?? null;
}

function inOrder(updates: readonly AppliedUpdate[]): Step[] {
  const steps = updates.map((update, i): Step => ({ ...update, sequence: update.isTimed ? -1 : i }));
  const payments = steps.filter(({ takesBack }) => !takesBack);
  const approvals = payments.filter(({ status, part }) => status === 'approved' && part === undefined);
  const [earliest] = (approvals.length > 0 ? approvals : payments).toSorted(compareSteps);
  return steps.map((step) => (step.takesBack && earliest ? afterMoney(step, earliest) : step)).toSorted(compareSteps);
}

/** A refund is never earlier than the payment that it takes back, even if it names an earlier time. */
function afterMoney(refund: Step, money: Step): Step {
  const isLater = refund.at > money.at;
  const earliest = (isLater ? -1 : money.sequence) + 0.5;
  return { ...refund, at: isLater ? refund.at : money.at, sequence: Math.max(refund.sequence, earliest) };
}

function compareSteps(a: Step, b: Step): number {
  return (
    a.at.getTime() - b.at.getTime() ||
    a.sequence - b.sequence ||
    STATUS_RANK[a.status] - STATUS_RANK[b.status] ||
    compareAmountAuthority(timedAmount(b), timedAmount(a))
  );
}

/** @param currency of the conversion, `null` while it is unknown. Refunds in another currency are left out. */
function runSteps(steps: readonly Step[], rules: SettlingRules, currency: string | null): Settlement {
  const run = new Run(steps, rules);
  for (const step of steps) {
    if (step.takesBack) run.takeBack(step, currency);
    else run.take(step);
  }
  return run.settle();
}

class Run {
  private status: TimedStatus | null = null;
  private gross: TimedAmount | null = null;
  /** The deciding amount among those with a currency. */
  private named: TimedAmount | null = null;
  private taken = new Big(0);
  private isAllTaken = false;
  private readonly ignored: Money[] = [];

  constructor(
    private readonly steps: readonly Step[],
    private readonly rules: SettlingRules,
  ) {}

  take(step: Step): void {
    const before = this.status;
    if (step.part !== 'amount') this.status = before === null ? toStatus(step) : decidingStatus(before, toStatus(step));
    const hasMoved = before !== null && before.status !== this.status?.status;
    if (hasMoved && this.isAllTaken && this.status?.status === 'approved') this.forgetRefunds();
    if (step.amount !== null) this.takeAmount(step, hasMoved);
  }

  takeBack(step: Step, currency: string | null): void {
    const { amount } = step;
    if (amount !== null && currency !== null && !step.isDefaultCurrency && amount.currency !== currency) {
      this.ignored.push(amount);
      return;
    }
    const all = this.gross ?? this.firstAmount();
    const left = all === null ? new Big(0) : new Big(all.payout.amount).minus(this.taken);
    if (!this.isAllTaken && amount !== null && left.gt(amount.amount)) {
      this.taken = this.taken.plus(amount.amount);
      return;
    }
    this.isAllTaken = true;
    const rejection = toStatus({ ...step, status: 'rejected' });
    this.status = this.status === null ? rejection : decidingStatus(this.status, rejection);
  }

  settle(): Settlement {
    const { status, gross, ignored } = this;
    if (status === null) throw new Error('a conversion without updates');
    if (gross === null) return { status, amount: null, refunded: null, ignoredRefunds: ignored };
    const isDefaultCurrency = !gross.isCurrencyNamed && this.named === null;
    const currency = gross.isCurrencyNamed ? gross.payout.currency : (this.named ?? gross).payout.currency;
    const whole = { amount: gross.payout.amount, currency };
    const left = new Big(whole.amount).minus(this.taken);
    const isAllTaken = this.isAllTaken || (this.taken.gt(0) && left.lte(0));
    const payout = isAllTaken ? whole : { amount: left.toFixed(), currency };
    const refunded = isAllTaken ? whole : this.taken.gt(0) ? { amount: this.taken.toFixed(), currency } : null;
    const { pricedAt, origin } = gross;
    return {
      status: isAllTaken && !this.isAllTaken ? { ...status, status: 'rejected' } : status,
      amount: { payout, gross: whole, pricedAt, origin, status: gross.status, isDefaultCurrency },
      refunded,
      ignoredRefunds: ignored,
    };
  }

  private takeAmount(step: Step, hasMoved: boolean): void {
    const amount = timedAmount(step);
    if (amount === null) return;
    if (step.origin === 'manual') {
      // A person states the amount after refunds, so earlier refunds are added to it.
      if (this.isAllTaken) this.forgetRefunds();
      amount.payout = { ...amount.payout, amount: new Big(amount.payout.amount).plus(this.taken).toFixed() };
    }
    const isReplaced = this.gross === null || step.origin === 'manual' || (hasMoved && step.status !== 'rejected');
    if (this.rules.keepsFirstAmount && !isReplaced) return;
    this.gross = this.rules.keepsFirstAmount ? amount : decidingAmount(this.gross, amount);
    if (amount.isCurrencyNamed) this.named = decidingAmount(this.named, amount);
  }

  private forgetRefunds(): void {
    this.taken = new Big(0);
    this.isAllTaken = false;
  }

  private firstAmount(): TimedAmount | null {
    const first = this.steps.find(({ amount, takesBack }) => amount !== null && !takesBack);
    return first === undefined ? null : timedAmount(first);
  }
}

function toStatus({ status, at, networkStatus, origin, sequence }: Step): TimedStatus {
  return { status, at, networkStatus, origin, sequence };
}

function timedAmount(step: Step): TimedAmount | null {
  const { amount, at, origin, status, sequence } = step;
  if (amount === null) return null;
  return {
    payout: amount,
    isCurrencyNamed: step.isDefaultCurrency !== true,
    at,
    pricedAt: step.pricedAt ?? at,
    sequence,
    origin,
    // An amount that a person states counts, whatever the status.
    status: origin === 'manual' ? 'approved' : status,
  };
}
