import type { EventLoopYielder } from '../../../platform/concurrency/event-loop-yielder.js';

export type JsonListProblem = 'no_json' | 'no_list' | 'too_many_rows' | 'too_deep' | 'too_many_values' | 'row_too_long';

export interface JsonListLimits {
  maxRows: number;
  /** Values of all rows together: an object takes 20 times the memory that its two characters do. */
  maxValues: number;
  maxRowChars: number;
  maxDepth: number;
}

/** Where a value stands in the text. */
interface Span {
  from: number;
  to: number;
}

/** Characters that are looked at before others get a turn. */
const PIECE_CHARS = 65_536;
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const LISTS = ['links', 'shortUrls', 'data', 'result', 'results', 'items', 'bitlinks'];

/**
 * Finds the rows of a JSON text without making objects of it: `JSON.parse` of 8 MB makes hundreds of MB, and no request is answered
 * meanwhile. A list, an object that has one, or a line of JSON for each row.
 */
export class JsonList {
  constructor(
    private readonly text: string,
    private readonly limits: JsonListLimits,
    private readonly yielder: EventLoopYielder,
  ) {}

  /** The rows, or what is wrong. Each row is to be given to `parseRow`. */
  async find(): Promise<Span[] | JsonListProblem> {
    const end = await this.check();
    if (typeof end === 'string') return end;
    if (this.blankUntil(end) < this.text.length) return this.lines();
    return this.listIn({ from: this.blankUntil(0), to: end }, 0);
  }

  /** @throws SyntaxError */
  parseRow({ from, to }: Span): unknown {
    return JSON.parse(this.text.slice(from, to));
  }

  /** Looks at each character once. @returns the end of the first value. */
  private async check(): Promise<number | JsonListProblem> {
    const { text, limits } = this;
    const open: number[] = [];
    let [values, end] = [0, -1];
    for (let [at, pauseAt] = [0, PIECE_CHARS]; at < text.length; at++) {
      if (at >= pauseAt) {
        await this.yielder.pause();
        pauseAt = at + PIECE_CHARS;
      }
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        at = this.endOfText(at) - 1;
      } else if (code === COMMA || code === COLON) {
        values++;
      } else if (code === OPEN_LIST || code === OPEN_OBJECT) {
        values++;
        if (open.push(code) > limits.maxDepth) return 'too_deep';
      } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
        if (open.pop() !== (code === CLOSE_LIST ? OPEN_LIST : OPEN_OBJECT)) return 'no_json';
        if (open.length === 0 && end < 0) end = at + 1;
      }
      if (values > limits.maxValues) return 'too_many_values';
    }
    return open.length > 0 || end < 0 ? 'no_json' : end;
  }

  /** `{ links: [...] }`, `{ shortUrls: { data: [...] } }`, `{ links: { link_1: {...} } }` (YOURLS) or the list itself. */
  private async listIn(span: Span, depth: number): Promise<Span[] | JsonListProblem> {
    const first = this.text.charCodeAt(span.from);
    if (first === OPEN_LIST) return this.elements(span);
    if (first !== OPEN_OBJECT || depth > 2) return 'no_list';
    const members = await this.members(span);
    if (typeof members === 'string') return members;
    for (const name of LISTS) {
      const inner = members.get(name);
      const found = inner === undefined ? 'no_list' : await this.listIn(inner, depth + 1);
      if (found !== 'no_list') return found;
    }
    const rows = [...members.values()];
    const areRows = rows.every(({ from }) => [OPEN_LIST, OPEN_OBJECT].includes(this.text.charCodeAt(from)));
    if (depth === 0 || rows.length === 0 || !areRows) return 'no_list';
    return rows.some(({ from, to }) => to - from > this.limits.maxRowChars) ? 'row_too_long' : rows;
  }

  private async elements({ from }: Span): Promise<Span[] | JsonListProblem> {
    const found: Span[] = [];
    let at = this.blankUntil(from + 1);
    if (this.text.charCodeAt(at) === CLOSE_LIST) return found;
    for (;;) {
      const span = await this.valueAt(at);
      if (typeof span === 'string') return span;
      if (found.push(span) > this.limits.maxRows) return 'too_many_rows';
      at = this.blankUntil(span.to);
      if (this.text.charCodeAt(at) === CLOSE_LIST) return found;
      if (this.text.charCodeAt(at) !== COMMA) return 'no_json';
      at = this.blankUntil(at + 1);
    }
  }

  /** By name; of two with one name the last counts, as in `JSON.parse`. */
  private async members({ from }: Span): Promise<Map<string, Span> | JsonListProblem> {
    const found = new Map<string, Span>();
    let at = this.blankUntil(from + 1);
    if (this.text.charCodeAt(at) === CLOSE_OBJECT) return found;
    for (;;) {
      if (this.text.charCodeAt(at) !== QUOTE) return 'no_json';
      const nameEnd = this.endOfText(at);
      const name = this.nameIn({ from: at, to: nameEnd });
      at = this.blankUntil(nameEnd);
      if (name === undefined || this.text.charCodeAt(at) !== COLON) return 'no_json';
      const span = await this.valueAt(this.blankUntil(at + 1), false);
      if (typeof span === 'string') return span;
      if (found.set(name, span).size > this.limits.maxRows) return 'too_many_rows';
      at = this.blankUntil(span.to);
      if (this.text.charCodeAt(at) === CLOSE_OBJECT) return found;
      if (this.text.charCodeAt(at) !== COMMA) return 'no_json';
      at = this.blankUntil(at + 1);
    }
  }

  private nameIn(span: Span): string | undefined {
    try {
      return String(this.parseRow(span));
    } catch {
      return undefined;
    }
  }

  /** One JSON value on each line that is not blank. */
  private lines(): Span[] | JsonListProblem {
    const found: Span[] = [];
    for (let from = 0; from < this.text.length;) {
      const lineEnd = this.text.indexOf('\n', from);
      const to = lineEnd < 0 ? this.text.length : lineEnd;
      if (this.blankUntil(from) < to) {
        if (to - from > this.limits.maxRowChars) return 'row_too_long';
        if (found.push({ from, to }) > this.limits.maxRows) return 'too_many_rows';
      }
      from = to + 1;
    }
    return found;
  }

  /** @param isRow whether it is limited to what a row may have. */
  private async valueAt(from: number, isRow = true): Promise<Span | JsonListProblem> {
    const to = await this.endOfValue(from);
    if (to === from) return 'no_json';
    return isRow && to - from > this.limits.maxRowChars ? 'row_too_long' : { from, to };
  }

  /** `check` has seen that brackets match. */
  private async endOfValue(from: number): Promise<number> {
    let depth = 0;
    for (let [at, pauseAt] = [from, from + PIECE_CHARS]; at < this.text.length; at++) {
      if (at >= pauseAt) {
        await this.yielder.pause();
        pauseAt = at + PIECE_CHARS;
      }
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) at = this.endOfText(at) - 1;
      else if (code === OPEN_LIST || code === OPEN_OBJECT) depth++;
      else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
      else if (depth > 0 || !(code === COMMA || isBlank(code))) continue;
      else return at;
      if (depth < 0) return at;
      if (depth === 0) return at + 1;
    }
    return this.text.length;
  }

  /** Behind the quote that ends the text which begins at `from`. */
  private endOfText(from: number): number {
    for (let at = from + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) return at + 1;
    }
    return this.text.length;
  }

  private blankUntil(from: number): number {
    let at = from;
    while (at < this.text.length && isBlank(this.text.charCodeAt(at))) at++;
    return at;
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff;
}
