import { randomInt } from 'node:crypto';
import { firstValue, type QueryPairs } from '../clicks/click-query.js';
import { primaryLanguage } from '../clicks/enrichment/language.js';
import type { CompiledLink } from '../links/compiled-link.js';
import type { Macro } from '../links/destination/macros.js';

/** What a macro can be filled from. */
export interface MacroContext {
  link: CompiledLink;
  clickId: string;
  query: QueryPairs;
  at: number;
  ip: string;
  userAgent: string;
  acceptLanguage: string;
  referrer: string;
}

/** The value of a macro for one click, decoded; empty when it has none. */
export function macroValue({ name, argument }: Macro, context: MacroContext): string {
  switch (name) {
    case 'click_id':
      return context.clickId;
    case 'link_id':
      return context.link.linkId;
    case 'slug':
      return context.link.slug;
    case 'domain':
      return context.link.hostname;
    case 'campaign':
      return context.link.campaign;
    case 'source':
      return firstValue(context.query, 'source') ?? firstValue(context.query, 'utm_source') ?? '';
    case 'language':
      return primaryLanguage(context.acceptLanguage) ?? '';
    case 'ip':
      return context.ip;
    case 'user_agent':
      return context.userAgent;
    case 'referrer':
      return context.referrer;
    case 'timestamp':
      return String(Math.floor(context.at / 1000));
    case 'random':
      return String(randomInt(10_000_000, 100_000_000));
    default:
      return firstValue(context.query, argument ?? name) ?? ''; // sub1…sub10 and query:NAME
  }
}
