import { type ArgumentMetadata, type ValidationError, ValidationPipe } from '@nestjs/common';
import { type FieldProblem, ProblemException } from './problem.js';

/**
 * No list of ours has lists in it, and class-validator takes `[[]]` for a list of objects: it looks into the inner lists, and
 * finds nothing there that is wrong.
 */
class FlatListsPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const paths = metadata.type === 'body' ? listsInLists(value) : [];
    if (paths.length > 0) throw ProblemException.invalid(...paths.map(notAList));
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

/** Checks every body and query against its class: unknown fields are errors, and all bad fields are told at once. */
export function createValidationPipe(): ValidationPipe {
  return new FlatListsPipe({
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

function notAList(path: string): FieldProblem {
  return { path, code: 'list_in_list', message: 'a list can not stand in a list' };
}

/** Where a list stands directly in a list: `variants.0`. */
function listsInLists(value: unknown, path: string[] = []): string[] {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const here = [...path, name];
    return Array.isArray(value) && Array.isArray(item) ? [here.join('.')] : listsInLists(item, here);
  });
}
