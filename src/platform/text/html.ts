/** Text that is HTML already. `markup` escapes everything else. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | readonly Html[] | undefined;

/** A template tag that escapes values, for element content and attributes in double quotes. `undefined` adds nothing. */
export function markup(strings: TemplateStringsArray, ...values: Value[]): Html {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) text += toText(value) + (strings[index + 1] ?? '');
  return new Html(text);
}

function toText(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escapeHtml(String(value));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// Control characters, lone surrogates, and characters that change the direction of text.
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const NOT_SHOWN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Surrogate}]/gu;

export function escapeHtml(text: string): string {
  return text.replaceAll(NOT_SHOWN, '\ufffd').replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
