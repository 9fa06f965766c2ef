import { currencyMeaning, isIsoCurrency } from '../../../platform/money/currency-names.js';
import { takeApart } from '../../../platform/money/amount-text.js';
import type { EventType } from '../../../platform/vocabulary/conversion-words.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import { shown } from './hints.js';
import { isMappable } from './param-name.js';
import { identifies } from './read-identity.js';
import type { Reader, SentParameter } from './reader.js';
import type { MappingAdditions } from './reading.js';
import { EVENT_WORDS, meaningOfWord, STATUS_WORDS } from './vocabulary.js';

/** The facts of a read event that show what is missing. */
export interface EventOutline {
  eventType: EventType;
  isChargeback: boolean;
  hasMoney: boolean;
  hasTxid: boolean;
  isDefaultEvent: boolean;
  isDefaultStatus: boolean;
  isCurrencyNamed: boolean;
}

export interface MissingValues {
  notices: Notice[];
  /** Sent names to add to the mapping so that the missing values are read. */
  additions: MappingAdditions;
}

/** Event types that normally have an amount. */
const PAID: ReadonlySet<EventType> = new Set([
  'ftd',
  'deposit',
  'sale',
  'rebill',
  'qualified',
  'withdrawal',
  'revshare',
]);
/** Events that can happen again, so that a transaction id tells them apart. */
const REPEATABLE: ReadonlySet<EventType> = new Set(['ftd', 'deposit', 'sale', 'rebill', 'withdrawal']);

const MAX_CANDIDATES = 3;

/**
 * Reports every missing value. If the amount, transaction id, event, status or currency is missing or comes from the defaults,
 * the notices name parameters without a value, and unknown parameters that could have it.
 */
export function findMissingValues(reader: Reader, outline: EventOutline): MissingValues {
  const notices: Notice[] = [];
  const additions: MappingAdditions = {};
  // Usually every parameter was used, so there are no candidates.
  if (reader.sent.every(({ takenAs }) => takenAs !== null)) return { notices, additions };
  for (const { param, isOpen, consequence } of holesOf(outline)) {
    if (!isOpen) continue;
    const dropped = reader.dropped(param);
    if (dropped?.content === 'no_value') notices.push(droppedNotice(param, dropped, consequence));
    const candidates = candidatesFor(param, reader).filter(({ name }) => !Object.values(additions).includes(name));
    const [first] = candidates;
    if (first === undefined) continue;
    additions[param] = first.name;
    notices.push(candidateNotice(param, candidates.slice(0, MAX_CANDIDATES), consequence));
  }
  return { notices, additions };
}

interface Hole {
  param: 'event' | 'status' | 'payout' | 'currency' | 'txid';
  isOpen: boolean;
  /** Effect of the missing value, for the notice. */
  consequence: string;
}

function holesOf(outline: EventOutline): Hole[] {
  const { eventType, isChargeback, hasMoney, hasTxid, isDefaultEvent, isDefaultStatus, isCurrencyNamed } = outline;
  const isPaid = PAID.has(eventType) && !isChargeback;
  const isRepeatable = REPEATABLE.has(eventType);
  return [
    { param: 'event', isOpen: isDefaultEvent, consequence: `the default event, ${eventType}, was used` },
    { param: 'status', isOpen: isDefaultStatus && !isChargeback, consequence: 'the default status was used' },
    { param: 'payout', isOpen: !hasMoney && isPaid, consequence: 'it counts without an amount' },
    { param: 'currency', isOpen: hasMoney && !isCurrencyNamed, consequence: "the network's currency was used" },
    { param: 'txid', isOpen: !hasTxid && isRepeatable, consequence: 'it counts without a transaction id' },
  ];
}

function droppedNotice(param: string, { name, value }: SentParameter, consequence: string): Notice {
  return { code: `${param}_dropped`, text: `"${name}" came as ${shown(value)}, which is not a value: ${consequence}.` };
}

function candidateNotice(param: string, candidates: SentParameter[], consequence: string): Notice {
  const names = candidates.map(({ name, value }) => `"${shown(name)}" (${shown(value)})`).join(', ');
  const [first] = candidates;
  const text = `No ${WORD[param] ?? param} was read, so ${consequence}. It could be ${names}: if so, map ${param} to "${shown(first?.name ?? '')}".`;
  return { code: `${param}_unread`, text };
}

const WORD: Readonly<Record<string, string>> = { payout: 'amount', txid: 'transaction id', currency: 'currency' };

/** Unused parameters whose name and value fit, the best fit first. */
function candidatesFor(param: Hole['param'], reader: Reader): SentParameter[] {
  const fits = FITS[param];
  return reader.sent
    .filter((one) => one.content === 'filled' && one.takenAs === null && isMappable(one.name))
    .map((one) => ({ one, score: reader.meaningOf(one.key) === null ? fits(one.key, one.value) : 0 }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ one }) => one);
}

const MONEY_NAME =
  /pay|amount|amt|sum|price|value|revenue|rev$|commis|earn|reward|profit|money|cash|cost|total|bounty|geld|betrag|provision|wert|сумм|доход|выплат|комисс|оплат|цена|prix|montant|monto|importe|valor|ganancia|importo|kwota|bedrag|tutar|turnover|net$|gross|income/u;
const TRANSACTION_NAME =
  /trans|trx|txn|tx|order|deal|invoice|payment|deposit|operation|receipt|purchase|sale|conv|lead|action|beleg|bestell|rechnung|vorgang|транз|заказ|опер|плат|pedido|commande|ordine|zamow/u;
const ID_NAME = /(?:id|no|nr|num|number|ref|reference|code|key|hash|uuid|guid|номер|numero|nummer)$/u;
/** Names of ids that do not identify a transaction. */
const OTHER_ID =
  /camp|offer|aff|pub|site|zone|adv|brand|product|item|sku|geo|country|lang|ip|user|player|client|custom|source|sub|creat|banner|landing|program|partner|manager|device|visit|session|goal|event|currency|affiliate|network|stream|flow|channel|team|page|promo|coupon|tracker|domain|version|city|region|category/u;
/** One of our ids, as in our exports. */
const OUR_ID = /^[a-z]{3}_[0-9A-Za-z]{20}$/;
const EVENT_NAME = /event|goal|type|action|conver|kind|ereign|событ|цель|evento|evenement|what|was$/u;
const STATUS_NAME = /status|state|approv|decision|verdict|статус|estado|statut|stato|zustand/u;
const CURRENCY_NAME = /cur|ccy|valut|währung|waehrung|валют|moneda|devise|moeda|waluta|coin|iso/u;

/** How well a name and a value fit; 0 if they do not. */
const FITS: Record<Hole['param'], (key: string, value: string) => number> = {
  payout: (key, value) => (MONEY_NAME.test(key) && takeApart(value) !== undefined ? 2 : 0),
  txid: (key, value) => {
    if (!/\d/.test(value) || value.length > 200 || OUR_ID.test(value) || OTHER_ID.test(key) || !identifies(value))
      return 0;
    const isTransaction = TRANSACTION_NAME.test(key);
    return ID_NAME.test(key) ? (isTransaction ? 3 : 1) : isTransaction ? 2 : 0;
  },
  event: (key, value) =>
    meaningOfWord(EVENT_WORDS, value) !== undefined ? 3 : EVENT_NAME.test(key) && /\p{L}/u.test(value) ? 1 : 0,
  status: (key, value) => {
    if (!/\p{L}/u.test(value)) return STATUS_NAME.test(key) ? 1 : 0;
    return meaningOfWord(STATUS_WORDS, value) !== undefined ? 2 : STATUS_NAME.test(key) ? 1 : 0;
  },
  currency: (key, value) => {
    const meaning = currencyMeaning(value);
    if (meaning?.kind === 'exact' && isIsoCurrency(meaning.code) && /^[A-Z]{3}$/.test(value))
      return CURRENCY_NAME.test(key) ? 3 : 1;
    return meaning !== undefined && CURRENCY_NAME.test(key) ? 2 : 0;
  },
};
