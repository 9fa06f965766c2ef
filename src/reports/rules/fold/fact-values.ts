import { isTimeDimension, type ReportDimension } from '../dimensions.js';
import { type ClickFact, type ConversionFact, type LinkFact, SHARED_TEXT_COLUMNS } from '../facts.js';
import type { ComparedPeriod, DimensionValue, ReportPeriod } from '../report-question.js';
import { timeKeyReader } from './fold-time-key.js';

/** A click or a conversion with all that its dimensions need. */
export interface DatedFact {
  fact: ClickFact | ConversionFact;
  /** The time that the report goes by, in milliseconds since 1970. */
  at: number;
  /** Its link; `undefined` when the link is gone. */
  link: LinkFact | undefined;
}

/** Reads the value of a dimension. Tags alone may be several. */
export type ValueReader = (one: DatedFact) => DimensionValue | readonly DimensionValue[];

const NO_TAGS: readonly DimensionValue[] = [null];

/** @param onto the report's own period, when `period` is the compared one. */
export function valueReader(
  dimension: ReportDimension,
  period: ReportPeriod | ComparedPeriod,
  onto: ReportPeriod | undefined,
): ValueReader {
  if (isTimeDimension(dimension)) {
    const keyOf = timeKeyReader(dimension, period, onto);
    return ({ at }) => keyOf(at);
  }
  switch (dimension) {
    case 'link':
      return ({ fact }) => fact.linkId;
    case 'domain':
      return ({ link }) => link?.hostname ?? null;
    case 'campaign':
      return ({ link }) => link?.campaign ?? null;
    case 'tag':
      return ({ link }) => (link === undefined || link.tags.length === 0 ? NO_TAGS : link.tags);
    // Conversions have a network of their own; that of clicks is their link's.
    case 'network':
      return ({ fact, link }) => (isConversion(fact) ? fact.networkId : (link?.networkId ?? null));
    case 'eventType':
      return ({ fact }) => (isConversion(fact) ? fact.eventType : null);
    case 'status':
      return ({ fact }) => (isConversion(fact) ? fact.status : null);
    case 'botReason':
      return ({ fact }) => (isConversion(fact) ? null : fact.botReason);
    case 'asn':
      return ({ fact }) => fact.asn;
    default: {
      const column = SHARED_TEXT_COLUMNS.indexOf(dimension === 'inApp' ? 'in_app' : dimension);
      return ({ fact }) => fact.texts[column] ?? null;
    }
  }
}

export function isConversion(fact: ClickFact | ConversionFact): fact is ConversionFact {
  return 'convertedMs' in fact;
}
