import { type ArgumentMetadata, type ValidationError, ValidationPipe } from '@nestjs/common';
import { inspectBody, MAX_CONTAINERS, MAX_PROBLEMS, MAX_BODY_VALUES } from './inspect-body.js';
import { type FieldProblem, ProblemException } from '../problems/problem.js';

// Validation of input by the classes of the routes. Start here: the pipe checks a body or query against its class.
// inspect-body.ts and nesting.ts bound its size; the decorators check single fields.

/** Classes whose items are validated separately, each with its own limits. */
const withItems = new WeakSet<object>();

/** Marks a body class that only holds items: a list that may be long, and whose entries are validated separately. */
export function HoldsItems(): ClassDecorator {
  return (type) => void withItems.add(type);
}

/**
 * Refuses input that the classes cannot check. class-validator accepts `[[]]` as a list of objects, because it looks into
 * the inner lists and finds no error; no list of the API contains lists. An object with a field `toString` or
 * `constructor` does not behave like other objects.
 */
class PlainJsonPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body') return super.transform(value, metadata);
    // A body without a class is validated by its route, if at all.
    const isLimited = this.toValidate(metadata) && !withItems.has(metadata.metatype ?? Object);
    const { isTooLarge, misfits, halfCharacters } = inspectBody(value, isLimited);
    if (isTooLarge) throw tooLarge();
    if (misfits.length > 0) throw ProblemException.invalid(...misfits);
    const validated = super.transform(value, metadata) as Promise<unknown>;
    if (halfCharacters.length === 0) return validated;
    const others = await validated.then(() => [], problemsOf);
    throw ProblemException.invalid(...halfCharacters, ...others);
  }
}

function tooLarge(): ProblemException {
  const message = `it has more than ${MAX_CONTAINERS} objects and lists, or more than ${MAX_BODY_VALUES} values; send less at once`;
  return ProblemException.invalid({ path: '', code: 'too_many_values', message });
}

/** Checks every body and query against its class: unknown fields are errors, and all bad fields are reported at once. */
export function createValidationPipe(): ValidationPipe {
  return new PlainJsonPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      ProblemException.invalid(...errors.flatMap((error) => flatten(error)).slice(0, MAX_PROBLEMS)),
  });
}

/** A message with its own code, for a validator that has several errors. */
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

function problemsOf(error: unknown): readonly FieldProblem[] {
  if (error instanceof ProblemException) return error.errors ?? [];
  throw error;
}
