import { firstIdAt } from '../../platform/ids/ids.js';
import { containing } from '../../platform/mongo/containing.js';
import { parseTime } from '../../platform/time/parse-time.js';
import type { PostbackOrigin, Verdict } from '../postback.schema.js';

/** Which entries of the log are asked for. `from` and `to` are moments: dates without a time are resolved before. */
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
  /** Text that stands somewhere in query, body, hint or click id, whatever its case. */
  q?: string | undefined;
  /** Only what is tried again by itself. */
  waiting?: boolean | undefined;
}

const SEARCHED = ['query', 'body', 'hint', 'clickId'] as const;
/** An id is made a moment before or after the time that its entry says. */
const SLACK_MS = 60_000;

/** The database's question for a filter. */
export function toQuery(filter: PostbackFilter, now: Date): Record<string, unknown> {
  // What is null in a filter's JSON is not asked for.
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null);
  const { from, to, q, waiting, ...equal } = Object.fromEntries(given) as PostbackFilter;
  const clauses: Record<string, unknown>[] = Object.entries(equal).map(([field, value]) => ({ [field]: value }));
  clauses.push(...timeClauses(parseTime(from ?? ''), parseTime(to ?? '')));
  if (q !== undefined) clauses.push(textClause(q));
  if (waiting === true) clauses.push({ waitsUntil: { $gt: now } });
  return clauses.length === 0 ? {} : { $and: clauses };
}

/** By id as well, in whose order the log is read: so that the reading ends where the time does. */
function timeClauses(from: Date | undefined, to: Date | undefined): Record<string, unknown>[] {
  const idAt = (time: Date, slack: number): string => firstIdAt('pbk', new Date(time.getTime() + slack));
  return [
    ...(from ? [{ receivedAt: { $gte: from } }, { _id: { $gte: idAt(from, -SLACK_MS) } }] : []),
    ...(to ? [{ receivedAt: { $lt: to } }, { _id: { $lt: idAt(to, SLACK_MS) } }] : []),
  ];
}

/** The text as it is, and as it stands in a query. */
function textClause(text: string): Record<string, unknown> {
  const encoded = encodeURIComponent(Buffer.from(text).toString()); // half a surrogate pair would throw
  const pattern = containing(...new Set([text, encoded]));
  return { $or: SEARCHED.map((field) => ({ [field]: pattern })) };
}
