/** What is to be blanked in JSON. */
export interface JsonMasking {
  isSecretName: (name: string) => boolean;
  /** Gives a text back without what is secret in it. */
  maskText: (text: string) => string;
  mask: string;
}

/** JSON in a string of JSON in a string …: deeper than this nobody packs it, and nothing is read there. */
const MAX_PACKED = 3;
const COLON = /\s*:\s*/y;
const SCALAR = /[^,}\]\s]*/y;

/**
 * Blanks values in JSON text, at any depth, and leaves all else as it was written: digits, order, spaces. Text that is
 * broken or cut off is masked as far as it can be understood.
 */
export function maskJson(text: string, masking: JsonMasking, packed = 0): string {
  let masked = '';
  let copied = 0;
  for (let at = text.indexOf('"'); at >= 0 && at < text.length; at = text.indexOf('"', at)) {
    const end = stringEnd(text, at);
    const value = contentOf(text.slice(at, end));
    const colonEnd = matchEnd(COLON, text, end);
    if (colonEnd > end && masking.isSecretName(value)) {
      masked += `${text.slice(copied, colonEnd)}"${masking.mask}"`;
      copied = at = valueEnd(text, colonEnd);
      continue;
    }
    const blanked = maskContent(value, masking, packed);
    if (blanked !== value) {
      masked += `${text.slice(copied, at)}${JSON.stringify(blanked)}`;
      copied = end;
    }
    at = end;
  }
  return masked + text.slice(copied);
}

function maskContent(value: string, masking: JsonMasking, packed: number): string {
  const isJson = packed < MAX_PACKED && /^\s*[{[]/.test(value);
  return masking.maskText(isJson ? maskJson(value, masking, packed + 1) : value);
}

/** Behind the quote that ends the string which begins at `from`. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const letter = text[at];
    if (letter === '\\') at++;
    else if (letter === '"') return at + 1;
  }
  return text.length;
}

function valueEnd(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return stringEnd(text, from);
  if (first !== '{' && first !== '[') return matchEnd(SCALAR, text, from);
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const letter = text[at];
    if (letter === '"') {
      at = stringEnd(text, at);
      continue;
    }
    if (letter === '{' || letter === '[') depth++;
    if (letter === '}' || letter === ']') depth--;
    at++;
    if (depth === 0) return at;
  }
  return text.length;
}

function matchEnd(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

/** What a string literal stands for: "\u0074oken" is a token, too. */
function contentOf(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal.replaceAll('"', '');
  }
}
