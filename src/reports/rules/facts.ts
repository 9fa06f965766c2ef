import { createHash } from 'node:crypto';
import type { BotReason } from '../../clicks/enrichment/bot.js';
import { trafficSource } from '../../clicks/rules/traffic-source.js';
import { CLICK_ID_LENGTH, timeOfClickId } from '../../clicks/rules/click-id.js';
import { decodeBase62 } from '../../platform/ids/base62.js';
import { variantKey } from '../../platform/vocabulary/variant-key.js';

// The rows of the copy, made of documents of MongoDB. The types name only the fields that the feed reads; any of them may be
// absent in documents of earlier versions.

/** Columns of texts that clicks and conversions share, in the order of the tables. */
export const SHARED_TEXT_COLUMNS = [
  'country',
  'region',
  'city',
  'device',
  'os',
  'browser',
  'in_app',
  'language',
  'referrer',
  'source',
  'rule',
  'variant',
  'sub1',
  'sub2',
  'sub3',
  'sub4',
  'sub5',
  'sub6',
  'sub7',
  'sub8',
  'sub9',
  'sub10',
] as const;

const SUBS = ['sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'sub6', 'sub7', 'sub8', 'sub9', 'sub10'] as const;

interface SharedFields {
  country?: string | null;
  region?: string | null;
  city?: string | null;
  asn?: number | null;
  device?: string | null;
  os?: string | null;
  browser?: string | null;
  inApp?: string | null;
  language?: string | null;
  rule?: string | null;
  variant?: string | null;
  subs?: Record<string, string> | null;
}

/** The fields of a stored click that the copy has. */
export interface ClickDocument extends SharedFields {
  _id: string;
  workspaceId: string;
  linkId: string;
  at: Date;
  referrerHost?: string | null;
  query?: readonly { name: string; value: string }[] | null;
  botReason?: string | null;
  isUnique?: boolean | null;
  isTest?: boolean | null;
  cost?: { amount: string; currency: string } | null;
}

/** The fields of stored clicks and conversions that every report needs, besides those of its dimensions. */
export const FACT_FIELDS = {
  clicks: ['workspaceId', 'linkId', 'at', 'botReason', 'isUnique', 'isTest', 'cost'],
  conversions: [
    'workspaceId',
    'networkId',
    'linkId',
    'eventType',
    'status',
    'isFtd',
    'clickedAt',
    'convertedAt',
    'revenue',
  ],
} as const;

/** The fields of a stored conversion that the copy has. */
export interface ConversionDocument {
  _id: string;
  workspaceId: string;
  networkId?: string | null;
  linkId: string;
  eventType: string;
  status: string;
  isFtd: boolean;
  clickedAt?: Date | null;
  convertedAt: Date;
  revenue?: { amount: string; currency: string } | null;
  facts?: (SharedFields & { referrer?: string | null; source?: string | null }) | null;
}

/** The fields of a stored link that the copy has. */
export interface LinkDocument {
  _id: string;
  workspaceId: string;
  hostname: string;
  slug?: string | null;
  campaign?: string | null;
  tags?: readonly string[] | null;
  networkId?: string | null;
}

/** The dimensions by which costs are uploaded. Each is a column of the copy, but for the campaign, which is the link's. */
export const COST_DIMENSIONS = ['link', 'campaign', 'source', ...SUBS] as const;
export type CostDimension = (typeof COST_DIMENSIONS)[number];

/** A local day has 25 hours at most; the clocks of some zones were changed by a whole day. */
export const LONGEST_DAY_MS = 49 * 3_600_000;

/** The fields of a stored cost entry that the copy has. */
export interface CostEntryDocument {
  _id: string;
  workspaceId: string;
  from: Date;
  to: Date;
  by: { [D in CostDimension]?: string };
  cost: { amount: string; currency: string };
}

/** The key of a click in the copy: its time and a number made of its id. */
export interface ClickKey {
  /** Milliseconds since 1970; `undefined` when the id does not tell it. */
  atMs: number | undefined;
  code: bigint;
}

type Texts = readonly (string | null)[];

export interface ClickFact {
  workspaceId: string;
  linkId: string;
  key: ClickKey & { atMs: number };
  botReason: string | null;
  isUnique: boolean;
  asn: number | null;
  /** `null` also for clicks that no source bills. */
  cost: { amount: string; currency: string } | null;
  /** In the order of `SHARED_TEXT_COLUMNS`. */
  texts: Texts;
}

export interface ConversionFact {
  workspaceId: string;
  id: string;
  linkId: string;
  networkId: string | null;
  eventType: string;
  status: string;
  isFtd: boolean;
  clickedMs: number | null;
  convertedMs: number;
  revenue: { amount: string; currency: string } | null;
  asn: number | null;
  texts: Texts;
}

export interface LinkFact {
  workspaceId: string;
  id: string;
  hostname: string;
  slug: string | null;
  campaign: string | null;
  tags: readonly string[];
  networkId: string | null;
}

/** An uploaded cost: of the clicks of a period that have all these values. */
export interface CostFact {
  workspaceId: string;
  id: string;
  /** Milliseconds since 1970. */
  fromMs: number;
  toMs: number;
  cost: { amount: string; currency: string };
  /** In the order of `COST_DIMENSIONS`; `null`: any value. */
  values: readonly (string | null)[];
}

/** The row of a click; `undefined` for test clicks, which no report counts. */
export function toClickFact(click: ClickDocument): ClickFact | undefined {
  if (click.isTest) return undefined;
  return {
    workspaceId: click.workspaceId,
    linkId: click.linkId,
    key: { atMs: click.at.getTime(), code: codeOf(click._id) },
    botReason: click.botReason ?? null,
    isUnique: click.isUnique ?? false,
    asn: click.asn ?? null,
    cost: isBilled(click.botReason) && isCost(click.cost) ? click.cost : null,
    texts: textsOf(click, click.referrerHost, trafficSource(click.query ?? [])),
  };
}

export function toConversionFact(conversion: ConversionDocument): ConversionFact {
  const { facts } = conversion;
  return {
    workspaceId: conversion.workspaceId,
    id: conversion._id,
    linkId: conversion.linkId,
    networkId: conversion.networkId ?? null,
    eventType: conversion.eventType,
    status: conversion.status,
    isFtd: conversion.isFtd,
    clickedMs: conversion.clickedAt?.getTime() ?? null,
    convertedMs: conversion.convertedAt.getTime(),
    revenue: conversion.revenue ?? null,
    asn: facts?.asn ?? null,
    texts: textsOf(facts ?? {}, facts?.referrer, facts?.source),
  };
}

export function toLinkFact(link: LinkDocument): LinkFact {
  return {
    workspaceId: link.workspaceId,
    id: link._id,
    hostname: link.hostname,
    slug: filled(link.slug),
    campaign: filled(link.campaign),
    tags: [...new Set(link.tags ?? [])],
    networkId: link.networkId ?? null,
  };
}

export function toCostFact({ _id, workspaceId, from, to, by, cost }: CostEntryDocument): CostFact {
  const values = COST_DIMENSIONS.map((dimension) => by[dimension] ?? null);
  return { workspaceId, id: _id, fromMs: from.getTime(), toMs: to.getTime(), cost, values };
}

/**
 * Clicks with these bot reasons are billed by traffic sources; `null`: a person's. Sources leave out crawlers, previews,
 * prefetches and requests without a visit; they do not know the visitor rules of a workspace.
 */
export const BILLED_BOT_REASONS: readonly (BotReason | null)[] = [null, 'visitor_rule'];

/** Whether a traffic source bills a click. */
export function isBilled(botReason: string | null | undefined): boolean {
  return BILLED_BOT_REASONS.some((billed) => billed === (botReason ?? null));
}

/** The shipper stores no others, and the copy could not hold them. */
function isCost(cost: ClickDocument['cost']): cost is { amount: string; currency: string } {
  return cost !== undefined && cost !== null && /^\d{1,9}(?:\.\d{1,9})?$/.test(cost.amount);
}

/**
 * The key of a click by its id. The code is the random part of the id: 47 bits, beside the millisecond. Ids of another form,
 * which no release has stored, get a hash.
 */
export function clickKeyOf(id: string): ClickKey {
  return { atMs: id.length === CLICK_ID_LENGTH ? timeOfClickId(id) : undefined, code: codeOf(id) };
}

const RANDOM_FROM = 13;
const RANDOM_TO = 21;

function codeOf(id: string): bigint {
  const random = id.length === CLICK_ID_LENGTH ? decodeBase62(id.slice(RANDOM_FROM, RANDOM_TO)) : undefined;
  if (random !== undefined) return BigInt(random);
  return BigInt(createHash('sha256').update(id).digest().readUIntBE(0, 6));
}

function textsOf(fields: SharedFields, referrer: string | null | undefined, source: string | null | undefined): Texts {
  const { country, region, city, device, os, browser, inApp, language, rule, variant, subs } = fields;
  return [
    filled(country),
    inCountry(country, region),
    inCountry(country, city),
    filled(device),
    filled(os),
    filled(browser),
    filled(inApp),
    filled(language),
    filled(referrer),
    filled(source),
    filled(rule),
    filled(variant) === null ? null : variantKey(rule, variant as string),
    ...SUBS.map((name) => filled(subs?.[name])),
  ];
}

/** Regions and cities of different countries share names. */
function inCountry(country: string | null | undefined, name: string | null | undefined): string | null {
  return filled(name) === null ? null : `${country ?? ''}-${name}`;
}

function filled(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === '' ? null : text;
}
