import { type ValidationError, ValidationPipe } from '@nestjs/common';
import { type FieldProblem, ProblemException } from './problem.js';

/** Checks every body and query against its class: unknown fields are errors, and all bad fields are told at once. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
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
