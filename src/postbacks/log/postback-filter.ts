import { firstIdAt } from '../../platform/ids/ids.js';
import { containing } from '../../platform/mongo/containing.js';
import { parseTime } from '../../platform/time/parse-time.js';
import type { PostbackOrigin, Verdict } from '../postback.schema.js';

/** A filter of log entries. `from` and `to` include a time: dates without a time are resolved before. */
export interface PostbackFilter {
  networkId?: string | undefined;
  verdict?: Verdict | undefined;
  reason?: string | undefined;
  clickId?: string | undefined;
  linkId?: string | undefined;
  conversionId?: string | undefined;
  origin?: PostbackOrigin | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Text contained in query, body, hint or click id, regardless of case. */
  q?: string | undefined;
  /** Only waiting postbacks, which are reprocessed automatically. */
  waiting?: boolean | undefined;
}

const SEARCHED = ['query', 'body', 'hint', 'clickId'] as const;
/** The time in an id and the entry's time of arrival differ a little. */
const SLACK_MS = 60_000;

/** The MongoDB query for a filter. */
export function toQuery(filter: PostbackFilter, now: Date): Record<string, unknown> {
  // A null in a stored filter means that the field is not filtered.
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null);
  const { from, to, q, waiting, ...equal } = Object.fromEntries(given) as PostbackFilter;
  const clauses: Record<string, unknown>[] = Object.entries(equal).map(([field, value]) => ({ [field]: value }));
  clauses.push(...timeClauses(parseTime(from ?? ''), parseTime(to ?? '')));
  if (q !== undefined) clauses.push(textClause(q));
  if (waiting === true) clauses.push({ waitsUntil: { $gt: now } });
  return clauses.length === 0 ? {} : { $and: clauses };
}

/** Bounds the id as well, because the log is read in the order of ids; so reading ends at `from`. */
function timeClauses(from: Date | undefined, to: Date | undefined): Record<string, unknown>[] {
  const idAt = (time: Date, slack: number): string => firstIdAt('pbk', new Date(time.getTime() + slack));
  return [
    ...(from ? [{ receivedAt: { $gte: from } }, { _id: { $gte: idAt(from, -SLACK_MS) } }] : []),
    ...(to ? [{ receivedAt: { $lt: to } }, { _id: { $lt: idAt(to, SLACK_MS) } }] : []),
  ];
}

/** Matches the text literally, and percent-encoded as in a query. */
function textClause(text: string): Record<string, unknown> {
  const encoded = encodeURIComponent(Buffer.from(text).toString()); // a lone surrogate would throw
  const pattern = containing(...new Set([text, encoded]));
  return { $or: SEARCHED.map((field) => ({ [field]: pattern })) };
}
