import type { FieldProblem } from '../problems/problem.js';

/**
 * The maximum number of objects and lists, and of all values, in one validated input. Validation costs up to 30 µs of the
 * main thread for each object, and 1 µs for each value in a list: together they stay below 50 ms.
 */
export const MAX_CONTAINERS = 600;
export const MAX_BODY_VALUES = 20_000;
/** The maximum number of fields of one object: an unknown field costs more than a value. */
export const MAX_FIELDS = 1_000;
/** The maximum number of reported problems. */
export const MAX_PROBLEMS = 100;

const HALF_CHARACTER = /\p{Surrogate}/u;
/** MongoDB's driver treats an object with a `_bsontype` as one of its own types. */
const RESERVED = new Set([...Object.getOwnPropertyNames(Object.prototype), '_bsontype']);

/** The problems of a JSON value that classes and their validators cannot see. */
export interface BodyInspection {
  /** The value exceeds the limits; the inspection then stopped. */
  isTooLarge: boolean;
  /** Lists directly in a list, and fields with a name that every object has. */
  misfits: FieldProblem[];
  /** Texts with half of a surrogate pair (`"\\ud800"`), which can neither be stored nor percent-encoded. */
  halfCharacters: FieldProblem[];
}

/**
 * Inspects a parsed body in one pass.
 * @param isLimited false when each item of the body is validated separately, with its own limits.
 */
export function inspectBody(body: unknown, isLimited: boolean): BodyInspection {
  const inspector = new BodyInspector(isLimited);
  inspector.visit(body);
  return inspector.found;
}

class BodyInspector {
  readonly found: BodyInspection = { isTooLarge: false, misfits: [], halfCharacters: [] };
  private containers = 0;
  private values = 0;
  /** Names and indexes that lead to the value. They become text only for a problem: a body may have 60,000 values. */
  private readonly path: (string | number)[] = [];

  constructor(private readonly isLimited: boolean) {}

  visit(value: unknown): void {
    this.values++;
    if (typeof value === 'string') {
      if (HALF_CHARACTER.test(value)) {
        this.note(
          this.found.halfCharacters,
          'bad_character',
          'it contains half of a surrogate pair, which is not valid Unicode',
        );
      }
    } else if (Array.isArray(value)) {
      if (!this.isFull()) this.visitList(value);
    } else if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) {
      if (!this.isFull()) this.visitFields(value as Record<string, unknown>);
    }
  }

  /** Counts one more object or list. */
  private isFull(): boolean {
    this.containers++;
    this.found.isTooLarge ||= this.isLimited && (this.containers > MAX_CONTAINERS || this.values > MAX_BODY_VALUES);
    return this.found.isTooLarge;
  }

  private visitList(list: readonly unknown[]): void {
    this.found.isTooLarge ||= this.isLimited && this.values + list.length > MAX_BODY_VALUES;
    for (let i = 0; i < list.length && !this.found.isTooLarge; i++) {
      const item = list[i];
      if (Array.isArray(item)) this.note(this.found.misfits, 'list_in_list', 'a list cannot contain a list');
      else this.visitPart(i, item);
    }
  }

  private visitFields(fields: Record<string, unknown>): void {
    const names = Object.keys(fields);
    this.found.isTooLarge ||= names.length > MAX_FIELDS;
    for (const name of names) {
      if (this.found.isTooLarge) return;
      if (RESERVED.has(name)) this.note(this.found.misfits, 'unknown_field', 'there is no such field', name);
      else this.visitPart(name, fields[name]);
    }
  }

  private visitPart(name: string | number, value: unknown): void {
    this.path.push(name);
    this.visit(value);
    this.path.pop();
  }

  private note(list: FieldProblem[], code: string, message: string, ...below: string[]): void {
    if (list.length < MAX_PROBLEMS) list.push({ path: [...this.path, ...below].join('.'), code, message });
  }
}
