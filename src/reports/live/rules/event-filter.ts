import type { FieldProblem } from '../../../platform/http/problems/problem.js';
import { splitUnescaped } from '../../rules/read-filter.js';
import type { LiveEvent } from './live-event.js';
import { LIVE_EVENT_TYPES, type LiveEventType } from './live-event-types.js';

const SUBS = ['sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'sub6', 'sub7', 'sub8', 'sub9', 'sub10'] as const;
const FACETS = ['link', 'network', 'country', ...SUBS] as const;
type Facet = (typeof FACETS)[number];
const MAX_VALUES = 200;

/** The filters of a request: values separated by commas. A backslash makes a comma a part of a value. */
export type EventFilterParameters = { types?: string | undefined } & { [F in Facet]?: string | undefined };

/** Which events a listener wants. It is sent to the reader as JSON. */
export interface EventFilter {
  /** `undefined`: all that its key may read. */
  types?: LiveEventType[];
  /** Each facet must have one of its values. An event without the facet does not match. */
  values: { facet: Facet; values: string[] }[];
}

export type EventFilterReading = { ok: true; filter: EventFilter } | { ok: false; problems: FieldProblem[] };

export function parseEventFilter(parameters: EventFilterParameters): EventFilterReading {
  const problems: FieldProblem[] = [];
  const read = (path: 'types' | Facet): string[] | undefined => {
    const text = parameters[path];
    if (text === undefined) return undefined;
    const values = splitUnescaped(text).map((part) => part.replaceAll(/\\(.)/gs, '$1'));
    const problem = problemOf(path, values);
    if (problem !== undefined) problems.push(problem);
    return values;
  };
  const types = read('types') as LiveEventType[] | undefined;
  const values = FACETS.flatMap((facet) => {
    const wanted = read(facet);
    return wanted === undefined ? [] : [{ facet, values: facet === 'country' ? wanted.map(toUpperCase) : wanted }];
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, filter: { ...(types && { types }), values } };
}

export function matchesFilter({ types, values }: EventFilter, event: Pick<LiveEvent, 'type' | 'facets'>): boolean {
  if (types !== undefined && !types.includes(event.type)) return false;
  return values.every(({ facet, values: wanted }) => {
    const value = valueOf(event, facet);
    return typeof value === 'string' && wanted.includes(value);
  });
}

function valueOf({ facets }: Pick<LiveEvent, 'facets'>, facet: Facet): string | null | undefined {
  if (facet === 'link' || facet === 'network' || facet === 'country') return facets[facet];
  return facets.subs[facet];
}

function problemOf(path: 'types' | Facet, values: readonly string[]): FieldProblem | undefined {
  if (values.length === 0) return { path, code: 'empty', message: `give at least one value, or leave ${path} out` };
  if (values.length > MAX_VALUES) {
    return {
      path,
      code: 'too_many',
      message: `${path} may have at most ${MAX_VALUES} values; it has ${values.length}`,
    };
  }
  const unknown = path === 'types' && values.find((value) => !LIVE_EVENT_TYPES.includes(value as LiveEventType));
  if (typeof unknown !== 'string') return undefined;
  return {
    path,
    code: 'unknown_type',
    message: `there is no type "${unknown}"; there are ${LIVE_EVENT_TYPES.join(', ')}`,
  };
}

function toUpperCase(text: string): string {
  return text.toUpperCase();
}
