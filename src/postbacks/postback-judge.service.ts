import { Injectable } from '@nestjs/common';
import { clickIdHint } from '../clicks/click-id-hint.js';
import { ClickIdService } from '../clicks/click-id.service.js';
import { clickOf } from '../conversions/click-of.js';
import type { ConversionEvent } from '../conversions/conversion-event.js';
import { type Attribution, ConversionsService } from '../conversions/conversions.service.js';
import { asksForProof } from '../networks/network-security.js';
import type { Network, NetworkMapping } from '../networks/network.schema.js';
import { formatAmount, type Money } from '../platform/money/money.js';
import type { Notice } from '../platform/vocabulary/notice.js';
import { NetworkDialects } from './network-dialects.service.js';
import type { LogEntry } from './postback-log.service.js';
import type { Parameter } from '../networks/reading/parameter.js';
import { type ParametersReading, type RawRequest, readParameters } from './reading/parameters.js';
import { toHint } from '../networks/reading/hints.js';
import { withAdditions } from '../networks/reading/with-additions.js';
import { readEvent } from '../networks/reading/read-event.js';
import type { EventReading, ReadEvent } from '../networks/reading/reading.js';
import { waitsUntil } from './waiting.js';

/** What a request is found to be, and what it says of a conversion if that is to be applied. */
export interface Judgement {
  finding: Partial<LogEntry>;
  event: ConversionEvent | null;
  /** What was read, where anything was: of a test too. */
  read?: ReadEvent;
}

/**
 * `ignoreWindow`: it counts however late it came. `note`: why, for the conversion's history. `payout`: what a person says the amount
 * is, in place of one that could not be read.
 */
export interface JudgeOptions {
  ignoreWindow?: boolean;
  note?: string | null;
  payout?: Money | undefined;
}

type JudgedEntry = Pick<LogEntry, '_id' | 'receivedAt' | 'origin' | 'signed'>;
/** Whose an event is; no link is known of a chargeback that names its transaction alone. */
type Known = Omit<Extract<Attribution, { ok: true }>, 'linkId'> & { linkId: string | null };
type Rejected = Extract<Attribution, { ok: false }>;

const DAY_MS = 86_400_000;
/** What a mended mapping, or a link that appears, may still make good. */
const CURABLE: ReadonlySet<string> = new Set([
  'missing_click_id',
  'malformed_click_id',
  'unfilled_macro',
  'unmapped_event',
  'unmapped_status',
  'invalid_amount',
  'invalid_currency',
  'missing_txid',
  'invalid_txid',
  'unknown_click',
]);

/** Says what a request means and whether it may count. Nothing is stored here. */
@Injectable()
export class PostbackJudge {
  constructor(
    private readonly clickIds: ClickIdService,
    private readonly conversions: ConversionsService,
    private readonly dialects: NetworkDialects,
  ) {}

  /** @param entry what is known of the request: when it came, and under which id. */
  async judge(
    network: Network,
    request: RawRequest,
    entry: JudgedEntry,
    options: JudgeOptions = {},
  ): Promise<Judgement> {
    const parameters = parametersOf(network, request);
    if (!parameters.ok) {
      const hint = `Nothing could be read: ${parameters.message}.`;
      return withNotices(rejected('malformed_request', hint, entry), parameters.notices);
    }
    const judgement = await this.judgeRead(network, parameters.parameters, entry, options);
    const { charset, notices } = parameters;
    if (charset !== undefined) judgement.finding.charset = charset;
    return withNotices(judgement, notices);
  }

  private async judgeRead(
    network: Network,
    parameters: readonly Parameter[],
    entry: JudgedEntry,
    { ignoreWindow = false, note = null, payout }: JudgeOptions,
  ): Promise<Judgement> {
    const reading = asBelieved(network, withPayout(this.read(network, parameters, entry), payout), entry);
    // Known in any case: by it, what was sent is found when its click is to be erased.
    const read = { parameters: reading.parameters, ...named(reading) };
    if (reading.kind === 'ignored')
      return { finding: { verdict: 'ignored', hint: reading.hint, ...read }, event: null };
    if (reading.kind === 'rejected') return rejected(reading.reason, reading.hint, entry, read);

    const { event } = reading;
    const attribution = await this.attribute(network, event);
    if (!attribution.ok) {
      const hint = clickIdHint(attribution.reason, event.clickId ?? '');
      return rejected(attribution.reason, hint, entry, read);
    }
    const { linkId } = attribution;
    const hint = toHint([...reading.notices, ...lateNotices(event, entry)]);
    if (attribution.isTest) {
      const told = [testHint(event), hint].filter(Boolean).join(' ');
      return { finding: { verdict: 'test', linkId, hint: told, ...read }, event: null, read: event };
    }
    const said = toConversionEvent(network, event, attribution, entry, note);
    const late = ignoreWindow ? undefined : outsideWindow(network, said);
    if (late !== undefined) return { read: event, ...rejected('outside_window', late, entry, { linkId, ...read }) };
    return { finding: { linkId, hint, ...read }, event: said, read: event };
  }

  /** The click that a request names which is not to be judged. */
  clickOf(network: Network, request: RawRequest, entry: Pick<LogEntry, 'origin'>): Pick<LogEntry, 'clickId'> {
    const parameters = parametersOf(network, request);
    const reading = parameters.ok ? this.read(network, parameters.parameters, entry) : {};
    return { clickId: null, ...named(reading) };
  }

  /** The network's mapping with what it lacks for more of this request to be read; `null` where nothing could be added. */
  suggest(network: Network, request: RawRequest, entry: Pick<LogEntry, 'origin'>): NetworkMapping | null {
    const parameters = parametersOf(network, request);
    if (!parameters.ok || entry.origin !== 'postback') return null;
    return withAdditions(network.mapping, this.read(network, parameters.parameters, entry).additions);
  }

  private attribute({ workspaceId }: Network, { clickId, eventType }: ReadEvent): Promise<Known | Rejected> {
    if (clickId !== null) return this.conversions.attribute(workspaceId, clickId, eventType);
    return Promise.resolve({
      ok: true,
      linkId: null,
      linkNetworkId: null,
      clickId: null,
      clickedAt: null,
      isTest: false,
    });
  }

  private read(network: Network, parameters: readonly Parameter[], { origin }: Pick<LogEntry, 'origin'>): EventReading {
    const { dialect, pageDialect } = this.dialects.of(network);
    const spoken = origin === 'postback' ? dialect : pageDialect;
    return readEvent(parameters, spoken, (value) => this.clickIds.read(value).ok);
  }
}

/** The parameters of a request to this network. */
function parametersOf(
  { mapping }: Pick<Network, 'mapping'>,
  { query, body, contentType, notices }: RawRequest,
): ParametersReading {
  return readParameters({ query, body, contentType, charset: mapping.charset, notices });
}

/** What was guessed on the way to the parameters is said before all else. */
function withNotices(judgement: Judgement, notices: readonly Notice[]): Judgement {
  if (notices.length === 0) return judgement;
  const { finding } = judgement;
  finding.hint = [toHint(notices), finding.hint].filter(Boolean).join(' ');
  return judgement;
}

function named({ clickId }: { clickId?: string }): { clickId?: string } {
  return clickId === undefined ? {} : { clickId: clickId.slice(0, 200) };
}

function toConversionEvent(
  network: Network,
  event: ReadEvent,
  { linkId, linkNetworkId, clickId, clickedAt }: Known,
  entry: JudgedEntry,
  note: string | null,
): ConversionEvent {
  const {
    eventType,
    isChargeback,
    isRejection = false,
    status,
    networkStatus,
    payout,
    isCurrencyNamed,
    txid,
    playerId,
    time,
  } = event;
  const at = earlier(time ?? signedDay(event, clickId, entry), entry.receivedAt);
  return {
    origin: entry.origin,
    networkId: network._id,
    linkId,
    clickId,
    clickedAt,
    eventType,
    isChargeback,
    isRejection,
    status,
    networkStatus,
    amount: payout && { payout, revenue: null },
    txid,
    playerId,
    at,
    isTimed: time !== null,
    sourceId: entry._id,
    note,
    // The signature of the same text is the same message: without a transaction id, it is what tells repeats apart.
    ...(entry.signed && { repeatId: `sig:${entry.signed.id}` }),
    countRepeats: network.repeats[eventType] === 'count',
    isCurrencyNamed,
    isOtherNetwork: linkNetworkId !== null && linkNetworkId !== network._id,
    transactions: network.transactions,
  };
}

/** What is told apart by its day alone belongs to the day on which it was signed: else it would count again the day after. */
function signedDay({ eventType }: ReadEvent, clickId: string | null, { signed }: JudgedEntry): Date | null {
  return signed !== undefined && clickOf({ clickId, eventType }) === null ? signed.at : null;
}

function earlier(time: Date | null, receivedAt: Date): Date {
  return time !== null && time < receivedAt ? time : receivedAt;
}

/** @returns what is wrong, for a person. */
function outsideWindow({ windows }: Network, { eventType, at, clickedAt }: ConversionEvent): string | undefined {
  const days = windows[eventType];
  if (days === undefined || clickedAt === null) return undefined;
  const after = Math.floor((at.getTime() - clickedAt.getTime()) / DAY_MS);
  if (at.getTime() - clickedAt.getTime() <= days * DAY_MS) return undefined;
  return `It happened ${after} days after the click, and this network's window for ${eventType} is ${days}: accept it by hand, or widen the window and replay it.`;
}

function rejected(
  reason: string,
  hint: string,
  { receivedAt }: Pick<LogEntry, 'receivedAt'>,
  more: Omit<Partial<LogEntry>, 'verdict' | 'reason' | 'hint'> = {},
): Judgement {
  const waits = CURABLE.has(reason) ? { waitsUntil: waitsUntil(receivedAt) } : {};
  return { finding: { verdict: 'rejected', reason, hint, ...more, ...waits }, event: null };
}

function testHint({ eventType, status, payout, txid }: ReadEvent): string {
  const money = payout ? ` of ${formatAmount(payout.amount)} ${payout.currency}` : '';
  const transaction = txid === null ? '' : `, transaction ${txid}`;
  return `A test, which never enters the numbers. It would be: ${eventType}${money}, ${status}${transaction}.`;
}

/** What was read, with a person's amount where that is all that could not be. */
function withPayout(reading: EventReading, payout: Money | undefined): EventReading {
  if (payout === undefined) return reading;
  // A refund in another currency than its conversion's is read well, and refused when it is applied.
  const isRefund = reading.kind === 'event' && reading.event.isChargeback && reading.event.payout !== null;
  if (isRefund) return { ...reading, event: { ...reading.event, payout, isCurrencyNamed: true } };
  if (reading.kind !== 'rejected' || reading.unpriced === undefined) return reading;
  const { parameters, clickId, additions, notices, unpriced } = reading;
  const event = { ...unpriced, payout, isCurrencyNamed: true };
  return { kind: 'event', parameters, additions, notices, event, ...(clickId !== undefined && { clickId }) };
}

/**
 * What a page tells cannot be proved by address, token or signature. At a network that asks for one of these it approves
 * nothing: it waits for the network's own word, or a person's.
 */
function asBelieved({ security }: Network, reading: EventReading, { origin }: JudgedEntry): EventReading {
  const isUnproven = origin === 'pixel' && asksForProof(security);
  if (!isUnproven || reading.kind !== 'event' || reading.event.status !== 'approved') return reading;
  return { ...reading, event: { ...reading.event, status: 'pending' }, notices: [...reading.notices, PAGE_UNPROVEN] };
}

const PAGE_UNPROVEN: Notice = {
  code: 'page_unproven',
  text: 'A page told of it, and this network asks for an address, a token or a signature, which no page can prove: it is pending until the network itself or a person approves it.',
};

/** Clocks differ a little. */
const TOLERANCE_MS = 60_000;

function lateNotices({ time }: ReadEvent, { receivedAt }: Pick<LogEntry, 'receivedAt'>): Notice[] {
  if (time === null || time.getTime() <= receivedAt.getTime() + TOLERANCE_MS) return [];
  const text = `The time ${time.toISOString()} is in the future: the time of arrival counts.`;
  return [{ code: 'time_in_future', text }];
}
