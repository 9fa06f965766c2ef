import { type ArgumentMetadata, type ValidationError, ValidationPipe } from '@nestjs/common';
import { type FieldProblem, ProblemException } from './problem.js';

/**
 * Refuses what the classes can not judge. No list of ours has lists in it, and class-validator takes `[[]]` for a list of
 * objects: it looks into the inner lists, and finds nothing there that is wrong. And what has a field `toString` or `constructor`
 * is no longer the object that everybody takes it for. Half a character (`"\\ud800"`) can neither be stored nor percent-encoded.
 */
class PlainJsonPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const problems = metadata.type === 'body' ? misfits(value) : [];
    if (problems.length > 0) throw ProblemException.invalid(...problems);
    const judged = super.transform(value, metadata) as Promise<unknown>;
    const halves = metadata.type === 'body' ? halfCharacters(value) : [];
    if (halves.length === 0) return judged;
    const others = await judged.then(() => [], problemsOf);
    throw ProblemException.invalid(...halves, ...others);
  }
}

/** Checks every body and query against its class: unknown fields are errors, and all bad fields are told at once. */
export function createValidationPipe(): ValidationPipe {
  return new PlainJsonPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => ProblemException.invalid(...errors.flatMap((error) => flatten(error))),
  });
}

/** A message that brings its own code, for a validator that can find fault in several ways. */
export function withCode(code: string, message: string): string {
  return `[${code}] ${message}`;
}

function toFieldProblem(path: string, constraint: string, text: string): FieldProblem {
  if (constraint === 'whitelistValidation') return { path, code: 'unknown_field', message: 'there is no such field' };
  const [, code, message] = /^\[([a-z_]+)\] (.*)$/s.exec(text) ?? [];
  return { path, code: code ?? snakeCase(constraint), message: message ?? text };
}

function flatten(error: ValidationError, parent = ''): FieldProblem[] {
  const path = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([name, text]) => toFieldProblem(path, name, text));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, path))];
}

function snakeCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const RESERVED = new Set(Object.getOwnPropertyNames(Object.prototype));

function problemsOf(error: unknown): readonly FieldProblem[] {
  if (error instanceof ProblemException) return error.errors ?? [];
  throw error;
}

function halfCharacters(value: unknown, path: string[] = []): FieldProblem[] {
  if (typeof value === 'string') {
    const message = 'it has half of a character: it is no Unicode';
    return /\p{Surrogate}/u.test(value) ? [{ path: path.join('.'), code: 'bad_character', message }] : [];
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
  return Object.entries(value).flatMap(([name, item]: [string, unknown]) => halfCharacters(item, [...path, name]));
}

/** Where a list stands directly in a list, as in `variants`, and fields that are named like what every object has. */
function misfits(value: unknown, path: string[] = []): FieldProblem[] {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
  return Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
    const here = [...path, name];
    if (RESERVED.has(name)) return [{ path: here.join('.'), code: 'unknown_field', message: 'there is no such field' }];
    if (!Array.isArray(value) || !Array.isArray(item)) return misfits(item, here);
    return [{ path: path.join('.'), code: 'list_in_list', message: 'a list can not stand in a list' }];
  });
}
