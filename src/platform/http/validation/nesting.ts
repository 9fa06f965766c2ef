/** Deeper than any real input. Validation is recursive, so deeper input could exceed the call stack. */
export const MAX_DEPTH = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACE = 0x7d;
const CLOSING_BRACKET = 0x5d;

/** The size of JSON, from its text before it is parsed. */
export interface JsonShape {
  /** Maximum nesting of objects and lists. */
  depth: number;
  /** Total number of objects and lists. */
  containers: number;
  /** Commas between values. */
  commas: number;
}

/** Whether JSON is nested deeper than `maxDepth`. Call it before parsing. */
export function isNestedTooDeep(json: string, maxDepth = MAX_DEPTH): boolean {
  return shapeOf(json, maxDepth).depth > maxDepth;
}

/** @param maxDepth reading stops where the text is deeper. */
export function shapeOf(json: string, maxDepth = MAX_DEPTH): JsonShape {
  const shape: JsonShape = { depth: 0, containers: 0, commas: 0 };
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (code === QUOTE) i = endOfText(json, i);
    else if (code === COMMA) shape.commas++;
    else if (code === OPENING_BRACE || code === OPENING_BRACKET) {
      shape.containers++;
      if (++depth > shape.depth) shape.depth = depth;
      if (depth > maxDepth) break;
    } else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) depth--;
  }
  return shape;
}

/** The end of the string literal that begins at `start`; the end of the JSON when the literal is not closed. */
function endOfText(json: string, start: number): number {
  for (let i = start + 1; ; i++) {
    i = json.indexOf('"', i);
    if (i < 0) return json.length;
    let backslashes = 0;
    while (json.charCodeAt(i - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return i;
  }
}
