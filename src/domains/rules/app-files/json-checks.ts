import type { FieldProblem } from '../../../platform/http/problems/problem.js';

/** Returns the problems of a part of a JSON file, with their paths. */
export type Check = (value: unknown, path: string) => FieldProblem[];

/** @param message completes "<path>: …". */
export function problem(path: string, code: string, message: string): FieldProblem[] {
  return [{ path, code, message }];
}

export const isText: Check = (value, path) =>
  typeof value === 'string' ? [] : problem(path, 'is_string', 'it must be a text');

export const isFlag: Check = (value, path) =>
  typeof value === 'boolean' ? [] : problem(path, 'is_boolean', 'it must be true or false');

/** A text that matches the pattern; `message` describes it. */
export const matching =
  (pattern: RegExp, code: string, message: string): Check =>
  (value, path) =>
    typeof value === 'string' && pattern.test(value) ? [] : problem(path, code, message);

/** @param least minimum number of items. */
export const listOf =
  (check: Check, least = 0): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return problem(path, 'is_array', 'it must be a list');
    if (value.length < least) return problem(path, 'array_min_size', `it must have ${least} or more`);
    return value.flatMap((item, i) => check(item, `${path}.${i}`));
  };

/** An object with any field names, whose values all pass one check. */
export const mapOf =
  (check: Check): Check =>
  (value, path) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, item]) => check(item, `${path}.${name}`))
      : problem(path, 'is_object', 'it must be an object');

/** An object with at least one of `needed`. Unknown fields are accepted, because these formats grow. */
export const objectOf =
  (fields: Readonly<Record<string, Check>>, needed: readonly string[] = []): Check =>
  (value, path) => {
    if (!isObject(value)) return problem(path, 'is_object', 'it must be an object');
    if (needed.length > 0 && !needed.some((name) => Object.hasOwn(value, name)))
      return problem(path, 'required', `it must have ${needed.join(' or ')}`);
    return Object.entries(fields).flatMap(([name, check]) =>
      Object.hasOwn(value, name) ? check(value[name], `${path}.${name}`) : [],
    );
  };

/** An object with all of these fields. */
export const objectOfAll =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (!isObject(value)) return problem(path, 'is_object', 'it must be an object');
    const missing = Object.keys(fields).filter((name) => !Object.hasOwn(value, name));
    return [
      ...missing.flatMap((name) => problem(`${path}.${name}`, 'required', 'it is missing')),
      ...objectOf(fields)(value, path),
    ];
  };

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
