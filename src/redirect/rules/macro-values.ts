import { randomInt } from 'node:crypto';
import { firstValue } from '../../clicks/rules/click-query.js';
import { primaryLanguage } from '../../clicks/enrichment/language.js';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import type { Macro } from '../../links/rules/destination/macros.js';
import { decodeHeader } from '../../platform/urls/percent-text.js';
import type { Visit } from '../visit.js';

/** Longest value of a macro, in characters. A template can have hundreds of macros, and a request up to 16 KB. */
export const MAX_VALUE_LENGTH = 1_024;

/** The sources of macro values. */
export interface MacroContext {
  link: CompiledLink;
  visit: Visit;
  clickId: string;
}

/**
 * The value of a macro for one click, decoded and cut to `MAX_VALUE_LENGTH`; empty when it has none. Bytes that are not UTF-8 are
 * kept; see percent-text.ts.
 */
export function macroValue(macro: Macro, context: MacroContext): string {
  const value = wholeValue(macro, context);
  return value.length > MAX_VALUE_LENGTH ? cut(value) : value;
}

/** Whether the value of a macro is longer than `MAX_VALUE_LENGTH`. */
export function isCut(macro: Macro, context: MacroContext): boolean {
  return wholeValue(macro, context).length > MAX_VALUE_LENGTH;
}

/** Does not cut within a surrogate pair. */
function cut(value: string): string {
  const last = value.charCodeAt(MAX_VALUE_LENGTH - 1);
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_VALUE_LENGTH - 1 : MAX_VALUE_LENGTH);
}

function wholeValue({ name, argument }: Macro, { link, visit, clickId }: MacroContext): string {
  switch (name) {
    case 'click_id':
      return clickId;
    case 'link_id':
      return link.id;
    case 'slug':
      return link.slug;
    case 'domain':
      return link.hostname;
    case 'campaign':
      return link.campaign ?? '';
    case 'source':
      return firstValue(visit.parameters, 'source') ?? firstValue(visit.parameters, 'utm_source') ?? '';
    case 'country':
    case 'region':
    case 'city':
    case 'device':
    case 'os':
    case 'browser':
      return visit[name] ?? '';
    case 'language':
      return primaryLanguage(visit.acceptLanguage) ?? '';
    case 'ip':
      return visit.ip;
    case 'user_agent':
      return decodeHeader(visit.userAgent.slice(0, MAX_VALUE_LENGTH));
    case 'referrer':
      return decodeHeader(visit.referrer.slice(0, MAX_VALUE_LENGTH));
    case 'timestamp':
      return String(Math.floor(visit.at / 1000));
    case 'random':
      return String(randomInt(10_000_000, 100_000_000));
    default:
      return firstValue(visit.parameters, argument ?? name) ?? ''; // sub1…sub10 and query:NAME
  }
}
