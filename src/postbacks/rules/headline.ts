import { shown } from '../../networks/rules/reading/hints.js';
import { formatAmount, type Money } from '../../platform/money/money.js';
import type { Verdict } from '../postback.schema.js';
import type { Gloss, SentValue } from './gloss.js';

/** A request as its headline needs it. */
export interface HeadlineFacts {
  verdict: Verdict;
  reason: string | null;
  method: string;
  parameters: readonly (SentValue & Gloss)[];
  /** The event, as far as it is known. */
  event: {
    eventType: string;
    status: string | null;
    /** The status before, if the request changed it. */
    statusBefore?: string | null;
    payout: Money | null;
  } | null;
}

/** One sentence about a request: its state, in the present tense and without blame. */
export function headlineOf(facts: HeadlineFacts): string {
  const { verdict } = facts;
  if (verdict === 'accepted') return withEvent('Counted', facts, '.') ?? 'Counted.';
  if (verdict === 'updated') return withEvent('Changed', facts, '.') ?? 'Its conversion is changed.';
  if (verdict === 'test') return withEvent('Test: would be', facts, '. Not in the numbers.', ' ') ?? TEST;
  if (verdict === 'duplicate') return duplicateOf(facts);
  if (verdict === 'ignored') return ignoredOf(facts);
  return rejectedOf(facts);
}

const TEST = 'A test: not in the numbers.';

function withEvent(begin: string, { event }: HeadlineFacts, end: string, link = ': '): string | undefined {
  if (event === null) return undefined;
  const { eventType, status, statusBefore = null, payout } = event;
  const isMoved = statusBefore !== null && statusBefore !== status;
  const parts = [
    eventType,
    isMoved ? `${statusBefore} → ${status ?? ''}` : status,
    payout && `${formatAmount(payout.amount)} ${payout.currency}`,
  ];
  return `${begin}${link}${parts.filter(Boolean).join(', ')}${end}`;
}

function duplicateOf({ parameters }: HeadlineFacts): string {
  const hasTransaction = parameters.some(({ kind }) => kind === 'transaction');
  return hasTransaction
    ? 'Same transaction id: not counted twice.'
    : 'Same event of the same click: not counted twice.';
}

function ignoredOf({ method, parameters }: HeadlineFacts): string {
  if (method === 'HEAD' || method === 'OPTIONS') return `${method} only checks the URL: nothing to count.`;
  const word = parameters.find(({ kind }) => kind === 'status') ?? parameters.find(({ kind }) => kind === 'event');
  return word === undefined ? 'Ignored by the mapping.' : `The mapping ignores ${quoted(word.value)}.`;
}

function rejectedOf({ reason, method, parameters }: HeadlineFacts): string {
  const misplaced = parameters.find(({ kind }) => kind === 'unmappedClickId');
  if (misplaced !== undefined && WITHOUT_CLICK_ID.has(reason ?? '')) {
    return `Your click id came, but in ${quoted(misplaced.name)}.`;
  }
  const sentAs = (as: string): SentValue | undefined => parameters.find((one) => one.as === as);
  const clickId = sentAs('click_id');
  switch (reason) {
    case 'unfilled_macro':
      return `The macro in ${named(clickId ?? parameters.find(({ state }) => state === 'unfilled'))} is not filled in.`;
    case 'malformed_click_id':
      return `The value in ${named(clickId)} is no click id.`;
    case 'forged_click_id':
      return `The click id in ${named(clickId)} has no valid signature.`;
    case 'unmapped_event':
      return `The event ${valueOf(sentAs('event'))} is not mapped.`;
    case 'unmapped_status':
      return `The status ${valueOf(sentAs('status'))} is not mapped.`;
    case 'invalid_amount':
      return `The amount ${valueOf(sentAs('payout'))} cannot be used.`;
    case 'invalid_currency':
      return `The currency ${valueOf(sentAs('currency'))} cannot be used.`;
    case 'method_not_allowed':
      return `${method} is not accepted: GET and POST are.`;
    default:
      return SENTENCES.get(reason ?? '') ?? 'Rejected.';
  }
}

const WITHOUT_CLICK_ID: ReadonlySet<string> = new Set(['missing_click_id', 'unfilled_macro', 'malformed_click_id']);

const SENTENCES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    missing_click_id: 'No click id came.',
    unknown_click: 'The click id is of another workspace.',
    missing_txid: 'The chargeback has no transaction id.',
    invalid_txid: 'The transaction id is a rounded number.',
    unknown_transaction: 'The payment that it takes back has not come yet.',
    ambiguous_transaction: 'Several clicks have this transaction id.',
    outside_window: 'It came after the window of its event.',
    not_allowed: 'Its sender is not allowed.',
    malformed_request: 'Its parameters cannot be read.',
    secret_key: 'A page used the secret key of the network.',
  }),
);

function named(parameter: SentValue | undefined): string {
  return parameter === undefined ? 'the request' : quoted(parameter.name);
}

function valueOf(parameter: SentValue | undefined): string {
  return parameter === undefined || parameter.value === '' ? 'in it' : quoted(parameter.value);
}

/** As Markdown code: a page shows it in its own type. */
function quoted(text: string): string {
  return `\`${shown(text).replaceAll('`', "'")}\``;
}
