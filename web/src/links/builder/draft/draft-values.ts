/** A text as a number, as far as it is one. Other texts stay, so that the server can name their problem. */
export function asNumber(text: string): number | string {
  const trimmed = text.trim();
  return /^-?\d{1,15}(?:\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

export function emptyAsNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

/** Fields whose values may contain commas: names of places, and texts of visitors. */
const WITH_COMMAS = /^(?:region|city|query:|sub\d)/;

/**
 * The values in a text that is being typed or pasted.
 * @param field the field of the condition; `,` for tags
 */
export function splitTyped(text: string, field: string): string[] {
  const separator = WITH_COMMAS.test(field) ? /\n/ : /[,;\n]/;
  return text
    .split(separator)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** A value in nested fields by its path, such as `rules.0.when.1.values`. */
export function valueAt(fields: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }, fields);
}

/** Whether a field has content. Missing content of a draft is not a problem until it is saved. */
export function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== '';
}

/** A short hash of a text, to tell texts apart; not for secrets. */
export function hashText(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
