// Formulas of metrics: arithmetic over metric names, such as `(revenue - cost) / cost * 100`.
// A formula is read here into a tree of plain JSON; the other files evaluate it, resolve names and make SQL.
// Start at `parseFormula`.
import { nearestWord } from '../../../platform/vocabulary/nearest-word.js';
import { type FormulaProblemCode, type FormulaRefusal, refuseFormula } from './formula-problem.js';
import { type FormulaToken, splitTokens } from './formula-tokens.js';

export type FormulaOperator = '+' | '-' | '*' | '/';

export type Formula =
  | { kind: 'number'; value: string }
  | { kind: 'metric'; name: string }
  | { kind: 'negate'; operand: Formula }
  | { kind: 'binary'; operator: FormulaOperator; left: Formula; right: Formula };

export type FormulaReading = { ok: true; formula: Formula } | FormulaRefusal;

export const MAX_FORMULA_CHARS = 500;
/** Parentheses and signs inside one another. */
export const MAX_FORMULA_DEPTH = 20;
export const MAX_FORMULA_OPERANDS = 50;
const MAX_SHOWN_CHARS = 40;

/**
 * Reads an expression: `*` and `/` before `+` and `-`, from left to right.
 * @param known the names among which a mistyped one is looked for.
 */
export function parseFormula(
  text: string,
  isMetric: (name: string) => boolean,
  known: readonly string[],
): FormulaReading {
  if (text.length > MAX_FORMULA_CHARS) {
    const message = `A formula may have at most ${MAX_FORMULA_CHARS} characters; yours has ${text.length}. Shorten it.`;
    return refuseFormula('too_long', MAX_FORMULA_CHARS, message);
  }
  const split = splitTokens(text);
  return split.ok ? parseTokens(split.tokens, text.length, isMetric, known) : split;
}

/** Reads the tokens, each a fixed number of times. `end` is the position after the text. */
export function parseTokens(
  tokens: readonly FormulaToken[],
  end: number,
  isMetric: (name: string) => boolean,
  known: readonly string[],
): FormulaReading {
  return new FormulaParser(tokens, end, isMetric, known).parse();
}

/** The metrics that the formula uses, each once, in the order of first use. */
export function metricsOf(formula: Formula): string[] {
  const names = new Set<string>();
  addMetrics(formula, names);
  return [...names];
}

function addMetrics(formula: Formula, names: Set<string>): void {
  if (formula.kind === 'metric') names.add(formula.name);
  else if (formula.kind === 'negate') addMetrics(formula.operand, names);
  else if (formula.kind === 'binary') {
    addMetrics(formula.left, names);
    addMetrics(formula.right, names);
  }
}

const SUM_OPERATORS: readonly string[] = ['+', '-'];
const PRODUCT_OPERATORS: readonly string[] = ['*', '/'];

/** A recursive-descent parser. Its methods return the first refusal that they meet. */
class FormulaParser {
  private next = 0;
  private depth = 0;
  private operands = 0;

  constructor(
    private readonly tokens: readonly FormulaToken[],
    private readonly end: number,
    private readonly isMetric: (name: string) => boolean,
    private readonly known: readonly string[],
  ) {}

  parse(): FormulaReading {
    const reading = this.parseSum();
    const token = this.tokens[this.next];
    if (!reading.ok || token === undefined) return reading;
    if (token.text !== ')') return this.refuseMissingOperator(token);
    const message = `\`)\` at character ${token.position + 1} closes nothing; remove it or add a \`(\` before it.`;
    return refuseFormula('unexpected_parenthesis', token.position, message);
  }

  private parseSum(): FormulaReading {
    return this.parseChain(SUM_OPERATORS, () => this.parseProduct());
  }

  private parseProduct(): FormulaReading {
    return this.parseChain(PRODUCT_OPERATORS, () => this.parseSigned());
  }

  private parseChain(operators: readonly string[], parseOperand: () => FormulaReading): FormulaReading {
    let left = parseOperand();
    while (left.ok) {
      const token = this.tokens[this.next];
      if (token === undefined || !operators.includes(token.text)) return left;
      this.next++;
      const right = parseOperand();
      if (!right.ok) return right;
      const operator = token.text as FormulaOperator;
      left = { ok: true, formula: { kind: 'binary', operator, left: left.formula, right: right.formula } };
    }
    return left;
  }

  private parseSigned(): FormulaReading {
    const token = this.tokens[this.next];
    if (token?.text === '-') {
      return this.parseInside(token, () => {
        const operand = this.parseSigned();
        return operand.ok ? { ok: true, formula: { kind: 'negate', operand: operand.formula } } : operand;
      });
    }
    if (token?.text === '(') return this.parseInside(token, () => this.parseParenthesized(token));
    return this.parseOperand(token);
  }

  private parseInside(token: FormulaToken, parseRest: () => FormulaReading): FormulaReading {
    if (this.depth >= MAX_FORMULA_DEPTH) {
      const advice = `use at most ${MAX_FORMULA_DEPTH} parentheses and minus signs inside one another`;
      return this.refuse(
        'too_deep',
        token,
        `The formula is nested too deeply at character ${token.position + 1}; ${advice}.`,
      );
    }
    this.next++;
    this.depth++;
    const reading = parseRest();
    this.depth--;
    return reading;
  }

  private parseParenthesized(opening: FormulaToken): FormulaReading {
    const inner = this.parseSum();
    if (!inner.ok) return inner;
    const token = this.tokens[this.next];
    if (token?.text === ')') {
      this.next++;
      return inner;
    }
    if (token !== undefined) return this.refuseMissingOperator(token);
    const message = `The \`(\` at character ${opening.position + 1} is not closed; add a \`)\`.`;
    return refuseFormula('missing_parenthesis', this.end, message);
  }

  private parseOperand(token: FormulaToken | undefined): FormulaReading {
    if (token === undefined || token.kind === 'sign') return this.refuseMissingOperand(token);
    this.next++;
    this.operands++;
    if (this.operands > MAX_FORMULA_OPERANDS) {
      const message = `A formula may have at most ${MAX_FORMULA_OPERANDS} numbers and metrics; remove some.`;
      return this.refuse('too_many_operands', token, message);
    }
    if (token.kind === 'number') return { ok: true, formula: { kind: 'number', value: plainNumber(token.text) } };
    if (!this.isMetric(token.text)) return this.refuseUnknownMetric(token);
    return { ok: true, formula: { kind: 'metric', name: token.text } };
  }

  private refuseMissingOperand(token: FormulaToken | undefined): FormulaRefusal {
    const place = token === undefined ? 'at the end' : `before \`${token.text}\` at character ${token.position + 1}`;
    return this.refuse('missing_operand', token, `A number or a metric is missing ${place}; add one.`);
  }

  private refuseMissingOperator(token: FormulaToken): FormulaRefusal {
    const place = `before \`${shortened(token.text)}\` at character ${token.position + 1}`;
    return this.refuse('missing_operator', token, `An operator is missing ${place}; add \`+\`, \`-\`, \`*\` or \`/\`.`);
  }

  private refuseUnknownMetric(token: FormulaToken): FormulaRefusal {
    const nearest = nearestWord(token.text, this.known);
    const advice = nearest === undefined ? 'use the name of a metric' : `did you mean \`${nearest}\`?`;
    const message = `\`${shortened(token.text)}\` at character ${token.position + 1} is not a metric; ${advice}`;
    return this.refuse('unknown_metric', token, nearest === undefined ? `${message}.` : message);
  }

  private refuse(code: FormulaProblemCode, token: FormulaToken | undefined, message: string): FormulaRefusal {
    return refuseFormula(code, token?.position ?? this.end, message);
  }
}

/** Digits with one zero before the dot where there is no other digit: `.5` is `0.5`, `007` is `7`. */
function plainNumber(text: string): string {
  const digits = text.replace(/^0+(?=\d)/, '');
  return digits.startsWith('.') ? `0${digits}` : digits;
}

function shortened(text: string): string {
  return text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text;
}
