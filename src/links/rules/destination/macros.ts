/** A macro in a template: `{sub1}`, `{query:utm_term}`. */
export interface Macro {
  name: string;
  /** The NAME of `{query:NAME}`. */
  argument?: string;
}

/** The macro for the wildcard path of a link, written `$1` in its destination. */
export const WILDCARD = '$1';

/** Macros that need a look-up in the geo databases. */
const GEO_MACROS: ReadonlySet<string> = new Set(['country', 'region', 'city']);
/** Macros that need the parsed user agent. */
const DEVICE_MACROS: ReadonlySet<string> = new Set(['device', 'os', 'browser']);

const SIMPLE_MACROS: ReadonlySet<string> = new Set([
  'click_id',
  'link_id',
  'slug',
  'domain',
  ...Array.from({ length: 10 }, (_, i) => `sub${i + 1}`),
  'source',
  'campaign',
  ...GEO_MACROS,
  ...DEVICE_MACROS,
  'language',
  'ip',
  'user_agent',
  'referrer',
  'timestamp',
  'random',
]);

/** All macros except `{query:NAME}`. */
export const MACRO_NAMES: readonly string[] = [...SIMPLE_MACROS];

/** Reads the inside of `{…}`; `undefined` when there is no such macro. */
export function parseMacro(inside: string): Macro | undefined {
  if (SIMPLE_MACROS.has(inside)) return { name: inside };
  const query = /^query:([\w.-]{1,64})$/.exec(inside);
  return query?.[1] ? { name: 'query', argument: query[1] } : undefined;
}

export function isGeoMacro({ name }: Macro): boolean {
  return GEO_MACROS.has(name);
}

export function isDeviceMacro({ name }: Macro): boolean {
  return DEVICE_MACROS.has(name);
}

export function knownMacros(): string {
  return [...SIMPLE_MACROS].map((name) => `{${name}}`).join(' ') + ' {query:NAME}';
}
