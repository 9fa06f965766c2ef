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

function flatten(error: ValidationError, parent = ''): FieldProblem[] {
  const path = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) =>
    constraint === 'whitelistValidation'
      ? { path, code: 'unknown_field', message: 'there is no such field' }
      : { path, code: snakeCase(constraint), message },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, path))];
}

function snakeCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
