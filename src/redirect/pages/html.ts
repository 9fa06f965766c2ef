/** Text that is HTML already. Nothing else gets into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | number | Html | readonly Html[] | undefined;

/** HTML with values escaped, for element content and for attributes in double quotes. `undefined` is nothing. */
export function markup(strings: TemplateStringsArray, ...values: Piece[]): Html {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) text += toText(value) + (strings[index + 1] ?? '');
  return new Html(text);
}

function toText(value: Piece): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escapeHtml(String(value));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// Control characters, lone surrogates, and the marks that turn the direction of what follows them.
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const NOT_SHOWN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Surrogate}]/gu;

export function escapeHtml(text: string): string {
  return text.replaceAll(NOT_SHOWN, '\ufffd').replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
