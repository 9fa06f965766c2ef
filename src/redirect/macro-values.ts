import { randomInt } from 'node:crypto';
import { firstValue, type VisitParameter } from '../clicks/click-query.js';
import { primaryLanguage } from '../clicks/enrichment/language.js';
import type { CompiledLink } from '../links/compiled-link.js';
import type { Visit } from '../links/routing/visit.js';
import type { Macro } from '../links/destination/macros.js';
import { decodeHeader } from '../platform/urls/percent-text.js';
import type { ShortLinkRequest } from './short-link-request.js';

/** Characters of a macro's value, at most: a template can have hundreds of macros, and a request has 16 KB. */
export const MAX_VALUE_LENGTH = 1_024;

/** What a macro can be filled from. */
export interface MacroContext {
  link: CompiledLink;
  request: Pick<ShortLinkRequest, 'userAgent' | 'acceptLanguage' | 'referrer'>;
  clickId: string;
  query: readonly VisitParameter[];
  at: number;
  ip: string;
  /** Absent for links whose macros ask for nothing that it takes to be looked up. */
  visit?: Pick<Visit, 'country' | 'region' | 'city' | 'device' | 'os' | 'browser'> | undefined;
}

/**
 * The value of a macro for one click, decoded and cut to `MAX_VALUE_LENGTH`; empty when it has none. Bytes that are not UTF-8 are
 * kept; see percent-text.ts.
 */
export function macroValue(macro: Macro, context: MacroContext): string {
  const value = wholeValue(macro, context);
  return value.length > MAX_VALUE_LENGTH ? cut(value) : value;
}

export function isCut(macro: Macro, context: MacroContext): boolean {
  return wholeValue(macro, context).length > MAX_VALUE_LENGTH;
}

/** Not within a character of two halves. */
function cut(value: string): string {
  const last = value.charCodeAt(MAX_VALUE_LENGTH - 1);
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_VALUE_LENGTH - 1 : MAX_VALUE_LENGTH);
}

function wholeValue({ name, argument }: Macro, context: MacroContext): string {
  switch (name) {
    case 'click_id':
      return context.clickId;
    case 'link_id':
      return context.link.id;
    case 'slug':
      return context.link.slug;
    case 'domain':
      return context.link.hostname;
    case 'campaign':
      return context.link.campaign ?? '';
    case 'source':
      return firstValue(context.query, 'source') ?? firstValue(context.query, 'utm_source') ?? '';
    case 'country':
    case 'region':
    case 'city':
    case 'device':
    case 'os':
    case 'browser':
      return context.visit?.[name] ?? '';
    case 'language':
      return primaryLanguage(context.request.acceptLanguage) ?? '';
    case 'ip':
      return context.ip;
    case 'user_agent':
      return decodeHeader(context.request.userAgent.slice(0, MAX_VALUE_LENGTH));
    case 'referrer':
      return decodeHeader(context.request.referrer.slice(0, MAX_VALUE_LENGTH));
    case 'timestamp':
      return String(Math.floor(context.at / 1000));
    case 'random':
      return String(randomInt(10_000_000, 100_000_000));
    default:
      return firstValue(context.query, argument ?? name) ?? ''; // sub1…sub10 and query:NAME
  }
}
