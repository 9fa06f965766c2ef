import type { Schema } from '../../api/client';
import type { ConversionStatus, EventType } from '../conversions-words';
import { fromLocalTime } from './local-time';
import { type MoneyDraft, moneyOf } from './money-fields';

/** A new conversion as it is typed. */
export interface NewDraft {
  eventType: EventType;
  /** A revenue share may belong to a link as a whole. */
  owner: 'click' | 'link';
  clickId: string;
  link: { id: string; label: string } | null;
  status: ConversionStatus;
  payout: MoneyDraft;
  /** Clock time in the zone of the workspace; empty: now. */
  time: string;
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
    link: null,
    status: 'approved',
    payout: { amount: '', currency },
    time: '',
    txid: '',
    networkId: '',
    playerId: '',
    note: '',
  };
}

/** The request for a draft; empty fields are left out. */
export function requestOf(draft: NewDraft, timeZone: string): Schema<'CreateConversionRequest'> {
  const { eventType, status, clickId, link, txid, networkId, playerId, note } = draft;
  const isOfLink = eventType === 'revshare' && draft.owner === 'link';
  const texts = { txid, networkId, playerId, note, ...(isOfLink ? { linkId: link?.id ?? '' } : { clickId }) };
  const filled = Object.entries(texts)
    .map(([name, text]) => [name, text.trim()] as const)
    .filter(([, text]) => text !== '');
  const payout = moneyOf(draft.payout);
  const convertedAt = draft.time === '' ? undefined : fromLocalTime(draft.time, timeZone);
  return {
    eventType,
    status,
    ...(payout !== undefined && { payout }),
    ...(convertedAt !== undefined && { convertedAt }),
    ...Object.fromEntries(filled),
  };
}
