import { Injectable } from '@nestjs/common';
import { ClickIdService } from '../clicks/click-id.service.js';
import type { ConversionEvent } from '../conversions/conversion-event.js';
import { type Attribution, ConversionsService } from '../conversions/conversions.service.js';
import type { Network } from '../networks/network.schema.js';
import { formatAmount } from '../platform/money/money.js';
import { NetworkDialects } from './network-dialects.service.js';
import type { LogEntry } from './postback-log.service.js';
import type { Parameter } from '../networks/reading/parameter.js';
import { type RawRequest, readParameters } from './reading/parameters.js';
import { readPostback } from '../networks/reading/read-postback.js';
import type { ReadEvent } from '../networks/reading/reading.js';
import { waitsUntil } from './waiting.js';

/** What a request is found to be, and what it says of a conversion if that is to be applied. */
export interface Judgement {
  finding: Partial<LogEntry>;
  event: ConversionEvent | null;
  /** What was read, where anything was: of a test too. */
  read?: ReadEvent;
}

type Known = Extract<Attribution, { ok: true }>;

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
    entry: Pick<LogEntry, '_id' | 'receivedAt' | 'origin'>,
    { ignoreWindow = false, note = null }: { ignoreWindow?: boolean; note?: string | null } = {},
  ): Promise<Judgement> {
    const parameters = readParameters(request);
    if (!parameters.ok) {
      return rejected('malformed_request', `Nothing could be read: ${parameters.message}.`, entry);
    }
    const reading = this.read(network, parameters.parameters, entry);
    // Known in any case: by it, what was sent is found when its click is to be erased.
    const read = { parameters: reading.parameters, ...named(reading) };
    if (reading.kind === 'ignored')
      return { finding: { verdict: 'ignored', hint: reading.hint, ...read }, event: null };
    if (reading.kind === 'rejected') return rejected(reading.reason, reading.hint, entry, read);

    const { event, hint } = reading;
    const attribution = await this.conversions.attribute(network.workspaceId, event.clickId, event.eventType);
    if (!attribution.ok) return rejected(attribution.reason, HINTS[attribution.reason], entry, read);

    const { linkId } = attribution;
    if (attribution.isTest)
      return { finding: { verdict: 'test', linkId, hint: testHint(event), ...read }, event: null, read: event };
    const said = toConversionEvent(network, event, attribution, entry, note);
    const late = ignoreWindow ? undefined : outsideWindow(network, said);
    if (late !== undefined) return { read: event, ...rejected('outside_window', late, entry, { linkId, ...read }) };
    return { finding: { linkId, hint, ...read }, event: said, read: event };
  }

  /** The click that a request names which is not to be judged. */
  clickOf(network: Network, request: RawRequest, entry: Pick<LogEntry, 'origin'>): Pick<LogEntry, 'clickId'> {
    const parameters = readParameters(request);
    const reading = parameters.ok ? this.read(network, parameters.parameters, entry) : {};
    return { clickId: null, ...named(reading) };
  }

  private read(
    network: Network,
    parameters: readonly Parameter[],
    { origin }: Pick<LogEntry, 'origin'>,
  ): ReturnType<typeof readPostback> {
    const { dialect, pageDialect } = this.dialects.of(network);
    const spoken = origin === 'postback' ? dialect : pageDialect;
    return readPostback(parameters, spoken, (value) => this.clickIds.read(value).ok);
  }
}

function named({ clickId }: { clickId?: string }): { clickId?: string } {
  return clickId === undefined ? {} : { clickId: clickId.slice(0, 200) };
}

function toConversionEvent(
  network: Network,
  event: ReadEvent,
  { linkId, clickId, clickedAt }: Known,
  entry: Pick<LogEntry, '_id' | 'receivedAt' | 'origin'>,
  note: string | null,
): ConversionEvent {
  const { eventType, isChargeback, status, networkStatus, payout, txid, playerId, time } = event;
  const at = time !== null && time < entry.receivedAt ? time : entry.receivedAt;
  return {
    origin: entry.origin,
    networkId: network._id,
    linkId,
    clickId,
    clickedAt,
    eventType,
    isChargeback,
    status,
    networkStatus,
    amount: payout && { payout, revenue: null },
    txid,
    playerId,
    at,
    isTimed: time !== null,
    sourceId: entry._id,
    note,
    countRepeats: network.repeats[eventType] === 'count',
    isCurrencyNamed: true,
    transactions: network.transactions,
  };
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

const HINTS = {
  malformed_click_id:
    'The value does not look like a click id of ours: check that the link passes it on unbroken and that the network returns that very parameter.',
  forged_click_id: 'It looks like a click id, but this Hopback did not make it, or a character was changed on the way.',
  unknown_click: 'The click id is genuine, but no link of this workspace belongs to it.',
} as const;
