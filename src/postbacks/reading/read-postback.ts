import type { CanonicalParam } from '../../networks/canonical-params.js';
import { isNegative, type Money, parseAmount, parseCurrency } from '../../platform/money/money.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';
import { parseTime } from '../../platform/time/parse-time.js';
import type { Parameter } from './parameters.js';
import type { NetworkDialect, PostbackReading, ReadEvent, RejectReason } from './reading.js';
import { isUnfilledMacro } from './unfilled-macro.js';
import { ALIASES, EVENT_WORDS, STATUS_WORDS } from './vocabulary.js';

const IGNORE = 'ignore';

/** A found parameter; `unfilled` when the sender left its macro as it is. */
interface Found {
  name: string;
  value: string;
}

/**
 * Reads a postback: the network's own mapping first, then the aliases that everybody knows, then the network's defaults.
 * @param provesItself whether a value is one of our click ids.
 */
export function readPostback(
  parameters: readonly Parameter[],
  dialect: NetworkDialect,
  provesItself: (value: string) => boolean,
): PostbackReading {
  const reader = new Reader(parameters, dialect);
  const clickId = readClickId(reader, provesItself);
  if ('reason' in clickId) return clickId;

  const eventAndStatus = readEventAndStatus(reader);
  if ('kind' in eventAndStatus) return eventAndStatus;

  const money = readMoney(reader, eventAndStatus.status);
  if (money !== null && 'kind' in money) return money;

  const txid = reader.find('txid', (value) => value !== clickId.value)?.value ?? null;
  const time = parseTime(reader.find('time')?.value ?? '') ?? null; // unreadable: the arrival counts
  const event = {
    clickId: clickId.value,
    ...eventAndStatus,
    isChargeback: false,
    playerId: null,
    payout: money,
    txid,
    time,
  };
  return { parameters: [], kind: 'event', event, hint: null };
}

/** Finds parameters by canonical name, without case, unfilled macros counting as absent. */
class Reader {
  readonly dialect: NetworkDialect;
  readonly filled: readonly Parameter[];
  private readonly sent: readonly Parameter[];

  constructor(parameters: readonly Parameter[], dialect: NetworkDialect) {
    this.dialect = dialect;
    this.sent = parameters.map(({ name, value }) => ({ name: name.toLowerCase(), value: value.trim() }));
    this.filled = this.sent.filter(({ value }) => value !== '' && !isUnfilledMacro(value));
  }

  ownNames(param: CanonicalParam): readonly string[] {
    return (this.dialect.mapping.params[param] ?? []).map((name) => name.toLowerCase());
  }

  find(param: CanonicalParam, accept: (value: string) => boolean = () => true): Found | undefined {
    return this.findFilled([...this.ownNames(param), ...ALIASES[param]], accept);
  }

  findFilled(names: readonly string[], accept: (value: string) => boolean = () => true): Found | undefined {
    for (const name of names) {
      const hit = this.filled.find((parameter) => parameter.name === name && accept(parameter.value));
      if (hit) return hit;
    }
    return undefined;
  }

  findUnfilled(names: readonly string[]): Found | undefined {
    return this.sent.find(({ name, value }) => names.includes(name) && isUnfilledMacro(value));
  }
}

function readClickId(
  reader: Reader,
  provesItself: (value: string) => boolean,
): Found | (PostbackReading & { kind: 'rejected' }) {
  const own = reader.ownNames('click_id');
  const mapped = reader.findFilled(own);
  if (mapped && provesItself(mapped.value)) return mapped;
  if (own.length === 0) {
    const proven = reader.findFilled(ALIASES.click_id, provesItself);
    if (proven) return proven;
  }
  const elsewhere = reader.filled.find(({ value }) => provesItself(value));
  const hint =
    elsewhere && `The value in "${elsewhere.name}" is one of your click ids: map click_id to "${elsewhere.name}".`;

  const names = own.length > 0 ? own : ['click_id', ...ALIASES.click_id];
  const sent = mapped ?? reader.findFilled(names);
  // With the shape of a click id it is for the attribution to say whether it is forged.
  if (sent && !hint) return sent;
  if (sent) return rejected('malformed_click_id', hint ?? '');
  const unfilled = reader.findUnfilled(names);
  if (unfilled) {
    return rejected(
      'unfilled_macro',
      hint ??
        `"${unfilled.name}" came as ${unfilled.value}: the network did not fill this macro in; use the name that it knows.`,
    );
  }
  return rejected(
    'missing_click_id',
    hint ?? `No click id came along. Expected it in: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}.`,
  );
}

type EventAndStatus = Pick<ReadEvent, 'eventType' | 'status' | 'networkStatus'>;

function readEventAndStatus(reader: Reader): EventAndStatus | PostbackReading {
  const { mapping, defaults } = reader.dialect;
  const eventWord = reader.find('event')?.value;
  const statusWord = reader.find('status')?.value;
  const event = eventWord === undefined ? undefined : translate(eventWord, mapping.events, EVENT_WORDS);
  if (eventWord !== undefined && event === undefined) {
    return rejected(
      'unmapped_event',
      `The event "${eventWord}" is not mapped: say in the network's mapping.events what it means.`,
    );
  }
  const status = statusWord === undefined ? undefined : translate(statusWord, mapping.statuses, STATUS_WORDS);
  if (status === IGNORE)
    return { parameters: [], kind: 'ignored', hint: `The network's mapping ignores the status "${statusWord}".` };

  // Many send one word for both: status=reg, status=ftd.
  const statusAsEvent =
    statusWord !== undefined && status === undefined ? translate(statusWord, mapping.events, EVENT_WORDS) : undefined;
  if (statusWord !== undefined && status === undefined && (statusAsEvent === undefined || event !== undefined)) {
    return rejected(
      'unmapped_status',
      `The status "${statusWord}" is not mapped: say in the network's mapping.statuses what it means.`,
    );
  }
  return {
    eventType: (event ?? statusAsEvent ?? defaults.event ?? 'sale') as EventType,
    status: (status ?? defaults.status ?? 'approved') as ConversionStatus,
    networkStatus: statusWord ?? null,
  };
}

function translate<T extends string>(
  word: string,
  own: Record<string, string>,
  common: Readonly<Record<string, T>>,
): T | 'ignore' | undefined {
  const key = word.toLowerCase();
  if (Object.hasOwn(own, key)) return own[key] as T;
  return Object.hasOwn(common, key) ? common[key] : undefined;
}

function readMoney(reader: Reader, status: ConversionStatus): Money | null | PostbackReading {
  const { defaults } = reader.dialect;
  const amountText = reader.find('payout')?.value ?? defaults.payout;
  if (amountText === undefined) return null;
  const amount = parseAmount(amountText);
  if (amount === undefined) return rejected('invalid_amount', `"${amountText}" is not an amount.`);
  if (isNegative(amount)) {
    // A reversal says by its status that the payout is gone; its amount must not become the payout.
    if (status === 'rejected') return null;
    return rejected(
      'invalid_amount',
      `A negative amount (${amountText}) is for reversals only; this one is ${status}.`,
    );
  }
  const currencyText = reader.find('currency')?.value ?? defaults.currency;
  const currency = currencyText === undefined ? undefined : parseCurrency(currencyText);
  if (currency === undefined) {
    const hint =
      currencyText === undefined
        ? 'No currency came along and the network has none by default.'
        : `"${currencyText}" is not an ISO 4217 currency.`;
    return rejected('invalid_currency', hint);
  }
  return { amount, currency };
}

function rejected(reason: RejectReason, hint: string): PostbackReading & { kind: 'rejected' } {
  return { parameters: [], kind: 'rejected', reason, hint };
}
