/** A macro as it stands in a template: `{sub1}`, `{query:utm_term}`. */
export interface Macro {
  name: string;
  /** The NAME of `{query:NAME}`. */
  argument?: string;
}

const PLAIN_MACROS: ReadonlySet<string> = new Set([
  'click_id',
  'link_id',
  'slug',
  'domain',
  ...Array.from({ length: 10 }, (_, i) => `sub${i + 1}`),
  'source',
  'campaign',
  'language',
  'ip',
  'user_agent',
  'referrer',
  'timestamp',
  'random',
]);

/** Reads the inside of `{…}`; `undefined` when there is no such macro. */
export function parseMacro(inside: string): Macro | undefined {
  if (PLAIN_MACROS.has(inside)) return { name: inside };
  const query = /^query:([\w.-]{1,64})$/.exec(inside);
  return query?.[1] ? { name: 'query', argument: query[1] } : undefined;
}

export function knownMacros(): string {
  return [...PLAIN_MACROS].map((name) => `{${name}}`).join(' ') + ' {query:NAME}';
}
