/** The secrets to mask in JSON. */
export interface JsonMasking {
  isSecretName: (name: string) => boolean;
  /** Returns the text with its secrets masked. */
  maskText: (text: string) => string;
  mask: string;
}

/** Maximum levels of JSON inside strings of JSON; deeper levels are masked as text. */
const MAX_STRING_LEVELS = 3;
const COLON = /\s*:\s*/y;
const SCALAR = /[^,}\]\s]*/y;

/**
 * Masks values in JSON text at any depth. Everything else stays as written: digits, order and spaces. Broken or cut text is
 * masked as far as it can be read.
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
  const isJson = packed < MAX_STRING_LEVELS && /^\s*[{[]/.test(value);
  return masking.maskText(isJson ? maskJson(value, masking, packed + 1) : value);
}

/** The index after the closing quote of the string that begins at `from`. */
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

/** The value of a string literal: "\u0074oken" is "token". */
function contentOf(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal.replaceAll('"', '');
  }
}
