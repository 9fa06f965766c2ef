import type { Reader, SentParameter } from './reader.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';

const MAX_SHOWN = 60;
const MAX_NAMED = 5;

const MAX_NOTICES = 12;

/** The sentences of several notices as one hint; `null` without notices. */
export function toHint(notices: readonly Notice[]): string | null {
  const texts = [...new Set(notices.map(({ text }) => text))].slice(0, MAX_NOTICES);
  return texts.length === 0 ? null : texts.join(' ');
}

/** A value, shortened for a hint. */
export function shown(value: string): string {
  return value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value;
}

/** A hint on how to correct an unfilled macro. */
export function unfilledHint(reader: Reader, { name, key, value }: SentParameter): string {
  const param = reader.meaningOf(key);
  const known = param === null ? undefined : reader.dialect.macros?.[param];
  if (known === undefined) {
    return `"${name}" came as ${shown(value)}: the network did not fill in this macro. Use a macro that the network knows.`;
  }
  if (known.toLowerCase() === value.toLowerCase()) {
    return `\`${value}\` was sent unfilled in "${name}": the network knows this macro but had no value for it. Check that the link to the network passes the value.`;
  }
  return `\`${shown(value)}\` was sent unfilled in "${name}": this network's macro is \`${known}\`.`;
}

/** Hints about unfilled macros in a request that could be read despite them. */
export function unfilledHints(reader: Reader): string[] {
  return reader
    .unfilled()
    .slice(0, MAX_NAMED)
    .map((parameter) => unfilledHint(reader, parameter));
}
