import { parsePeriodSearch, type PeriodSearch } from '../ui/period/period';
import { VERDICT_NAMES, type VerdictName } from '../ui/data/status';

export const ORIGINS = ['postback', 'pixel'] as const;
export type Origin = (typeof ORIGINS)[number];

/** The filters of the log. */
export interface PostbackFilters {
  /** Text in the query, body, hint or click id. */
  q?: string | undefined;
  verdict?: VerdictName | undefined;
  /** Id of a network. */
  network?: string | undefined;
  reason?: string | undefined;
  /** Id of a link. */
  link?: string | undefined;
  /** Id of a conversion. */
  conversion?: string | undefined;
  origin?: Origin | undefined;
  /** Only requests that wait for a corrected mapping. */
  waiting?: true | undefined;
}

/** The state of the page that its URL holds. */
export interface PostbacksSearch extends PeriodSearch, PostbackFilters {
  /** The opened entry. */
  id?: string | undefined;
}

const MAX_Q_CHARS = 100;

export function parsePostbacksSearch(search: Record<string, unknown>): PostbacksSearch {
  const { id, q, verdict, network, reason, link, conversion, origin, waiting } = search;
  // The router reads `q=123` as a number.
  const text = typeof q === 'number' ? String(q) : q;
  const knownVerdict = VERDICT_NAMES.find((name) => name === verdict);
  const knownOrigin = ORIGINS.find((name) => name === origin);
  return {
    ...parsePeriodSearch(search),
    ...(typeof text === 'string' && text.trim() !== '' && { q: text.trim().slice(0, MAX_Q_CHARS) }),
    ...(knownVerdict !== undefined && { verdict: knownVerdict }),
    ...(isIdOf('net', network) && { network }),
    ...(typeof reason === 'string' && /^[a-z_]{1,64}$/.test(reason) && { reason }),
    ...(isIdOf('lnk', link) && { link }),
    ...(isIdOf('cnv', conversion) && { conversion }),
    ...(knownOrigin !== undefined && { origin: knownOrigin }),
    ...(waiting === true && { waiting }),
    ...(isIdOf('pbk', id) && { id }),
  };
}

function isIdOf(prefix: string, value: unknown): value is string {
  return typeof value === 'string' && new RegExp(`^${prefix}_[0-9A-Za-z]{1,40}$`).test(value);
}
