import { formatMoney, type Money } from '../../../platform/money/money.js';
import type { LiveEventType } from './live-event-types.js';

/** An event as it is sent, with the values that filters look at. */
export interface LiveEvent {
  /** Opaque for clients; see event-id.ts. */
  id: string;
  type: LiveEventType;
  workspaceId: string;
  facets: EventFacets;
  /** The text of `text/event-stream`, shared by all listeners. */
  frame: string;
  /** The id of the click, postback or conversion. */
  objectId: string;
}

/** The values that filters look at. */
export interface EventFacets {
  link: string | null;
  network: string | null;
  country: string | null;
  subs: Readonly<Record<string, string>>;
}

/** The fields of a stored click that an event needs. Any may be absent in documents of earlier versions. */
export interface LiveClick {
  _id: string;
  workspaceId: string;
  linkId: string;
  at: Date;
  country?: string | null;
  device?: string | null;
  os?: string | null;
  browser?: string | null;
  referrerHost?: string | null;
  subs?: Record<string, string> | null;
  botReason?: string | null;
  isUnique?: boolean | null;
}

/** The fields of a stored postback that an event needs. */
export interface LivePostback {
  _id: string;
  workspaceId: string;
  networkId: string;
  linkId?: string | null;
  receivedAt: Date;
  verdict: string;
  reason?: string | null;
  conversionId?: string | null;
}

/** The fields of a stored conversion that an event needs. */
export interface LiveConversion {
  _id: string;
  workspaceId: string;
  networkId?: string | null;
  linkId: string;
  clickId?: string | null;
  eventType: string;
  status: string;
  isFtd: boolean;
  payout?: Money | null;
  revenue?: Money | null;
  convertedAt: Date;
  facts?: { country?: string | null; subs?: Record<string, string> | null } | null;
}

/** Fields whose change is an event. Others change too: when the click's facts are found, for example. */
const SHOWN_FIELDS: ReadonlySet<string> = new Set(
  'eventType status isFtd payout revenue convertedAt linkId networkId clickId'.split(' '),
);

/** Whether an update is worth an event. @param fields updated paths such as `payout.amount`; none for a whole document. */
export function isShownChange(fields: readonly string[]): boolean {
  return fields.length === 0 || fields.some((path) => SHOWN_FIELDS.has(path.split('.', 1)[0] ?? ''));
}

export function toLiveClickEvent(id: string, click: LiveClick): LiveEvent {
  const subs = click.subs ?? {};
  const facets = { link: click.linkId, network: null, country: click.country ?? null, subs };
  return toEvent(id, 'click', click, facets, {
    id: click._id,
    at: click.at.toISOString(),
    linkId: click.linkId,
    country: click.country ?? null,
    device: click.device ?? null,
    os: click.os ?? null,
    browser: click.browser ?? null,
    referrerHost: click.referrerHost ?? null,
    subs,
    isBot: typeof click.botReason === 'string',
    isUnique: click.isUnique ?? false,
  });
}

export function toLivePostbackEvent(id: string, postback: LivePostback): LiveEvent {
  const facets = { link: postback.linkId ?? null, network: postback.networkId, country: null, subs: {} };
  return toEvent(id, 'postback', postback, facets, {
    id: postback._id,
    receivedAt: postback.receivedAt.toISOString(),
    networkId: postback.networkId,
    linkId: postback.linkId ?? null,
    verdict: postback.verdict,
    reason: postback.reason ?? null,
    conversionId: postback.conversionId ?? null,
  });
}

export function toLiveConversionEvent(
  id: string,
  conversion: LiveConversion,
  change: 'created' | 'updated',
): LiveEvent {
  const facets = {
    link: conversion.linkId,
    network: conversion.networkId ?? null,
    country: conversion.facts?.country ?? null,
    subs: conversion.facts?.subs ?? {},
  };
  return toEvent(id, 'conversion', conversion, facets, {
    id: conversion._id,
    change,
    eventType: conversion.eventType,
    status: conversion.status,
    isFtd: conversion.isFtd,
    linkId: conversion.linkId,
    networkId: conversion.networkId ?? null,
    clickId: conversion.clickId ?? null,
    payout: formatMoney(conversion.payout),
    revenue: formatMoney(conversion.revenue),
    convertedAt: conversion.convertedAt.toISOString(),
  });
}

/** A frame of `text/event-stream`. `data` is JSON, so it has no line breaks. */
export function formatFrame(type: string, id: string, data: unknown): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

function toEvent(
  id: string,
  type: LiveEventType,
  { _id: objectId, workspaceId }: { _id: string; workspaceId: string },
  facets: EventFacets,
  data: unknown,
): LiveEvent {
  return { id, type, workspaceId, facets, frame: formatFrame(type, id, data), objectId };
}
