import { parseQuery } from '../clicks/click-query.js';
import type { CompiledLink } from '../links/compiled-link.js';
import { buildDestination, type DestinationRules } from '../links/destination/destination.js';
import { macroValue, type MacroContext } from './macro-values.js';
import type { RequestVisit } from './request-visit.js';

/** What one click brings along for a destination. */
export interface Click extends Omit<MacroContext, 'link' | 'query' | 'visit'> {
  rawQuery: string;
  visit?: RequestVisit;
  /** See `FoundLink`. */
  rest?: string | undefined;
}

/** The `Location` of one click. */
export function fillIn(link: CompiledLink, destination: DestinationRules, click: Click): string {
  const query = click.visit?.parameters ?? parseQuery(click.rawQuery);
  const context = { query, link: link.link, ...click };
  return buildDestination(destination, {
    clickId: click.clickId,
    query,
    valueOf: (macro) => macroValue(macro, context),
    rest: click.rest,
  });
}
