import type { Schema } from '../../api/client';
import type { EventType } from '../../ui/data/event-names';
import type { ConversionStatus } from '../conversions-words';
import { fromLocalTime } from './local-time';
import { type MoneyDraft, moneyOf } from './money-draft';

/** A new conversion as it is typed. The names are those of the API. */
export interface NewDraft {
  eventType: EventType;
  /** A revenue share may belong to a link as a whole. */
  owner: 'click' | 'link';
  clickId: string;
  linkId: string;
  /** The title of the chosen link. */
  linkTitle: string;
  status: ConversionStatus;
  payout: MoneyDraft;
  /** Clock time in the zone of the workspace; empty: now. */
  convertedAt: string;
  txid: string;
  networkId: string;
  playerId: string;
  note: string;
}

export function emptyDraft(currency: string): NewDraft {
  return {
    eventType: 'ftd',
    owner: 'click',
    clickId: '',
    linkId: '',
    linkTitle: '',
    status: 'approved',
    payout: { amount: '', currency },
    convertedAt: '',
    txid: '',
    networkId: '',
    playerId: '',
    note: '',
  };
}

/** The request for a draft; empty fields are left out. */
export function requestOf(draft: NewDraft, timeZone: string): Schema<'CreateConversionRequest'> {
  const { eventType, status, clickId, linkId, txid, networkId, playerId, note } = draft;
  const isOfLink = eventType === 'revshare' && draft.owner === 'link';
  const texts = { txid, networkId, playerId, note, ...(isOfLink ? { linkId } : { clickId }) };
  const filled = Object.entries(texts)
    .map(([name, text]) => [name, text.trim()] as const)
    .filter(([, text]) => text !== '');
  const payout = moneyOf(draft.payout);
  const convertedAt = draft.convertedAt === '' ? undefined : fromLocalTime(draft.convertedAt, timeZone);
  return {
    eventType,
    status,
    ...(payout !== undefined && { payout }),
    ...(convertedAt !== undefined && { convertedAt }),
    ...Object.fromEntries(filled),
  };
}
