/** Maximum number of parameters of a request; a request with more is not read. */
export const MAX_PARAMETERS = 100;

/** The remains of an HTML entity (`&amp;`) between two separators. They name no parameter and are removed later. */
const REMNANT = /^(?:(?:amp|nbsp|#0{0,4}38|#x0{0,4}26)?(?:;|%3B))+$/i;
const MAX_REMNANT_LENGTH = 40;
const MAX_REMNANTS = 1_000;

/** The beginning of a query or form. */
export interface FirstPairs {
  text: string;
  /** There were more pairs. */
  isCut: boolean;
}

/**
 * The first pairs of a query or form, at most `max`. Only the separators are examined, so a request with thousands of
 * pairs costs almost nothing. Empty pairs do not count.
 */
export function firstPairs(text: string, max = MAX_PARAMETERS): FirstPairs {
  let count = 0;
  let remnants = 0;
  for (let from = 0; from < text.length;) {
    const found = text.indexOf('&', from);
    const end = found < 0 ? text.length : found;
    if (end > from) {
      if (remnants < MAX_REMNANTS && isRemnant(text, from, end)) remnants++;
      else count++;
      if (count > max) return { text: text.slice(0, Math.max(0, from - 1)), isCut: true };
    }
    from = end + 1;
  }
  return { text, isCut: false };
}

/** True if a query or form has more than `MAX_PARAMETERS` parameters. */
export function hasTooManyPairs(text: string): boolean {
  return text.length > 2 * MAX_PARAMETERS && firstPairs(text).isCut;
}

function isRemnant(text: string, from: number, end: number): boolean {
  return end - from <= MAX_REMNANT_LENGTH && REMNANT.test(text.slice(from, end));
}
