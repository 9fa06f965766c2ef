import { ProblemException } from '../../platform/http/problems/problem.js';
import { createValidationPipe } from '../../platform/http/validation/validation.js';

const pipe = createValidationPipe();

/** Validates a part of a body like a whole body. @throws ProblemException */
export async function validateLink<T extends object>(type: new () => T, value: unknown): Promise<T> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw ProblemException.invalid({ path: '', code: 'is_object', message: 'a link must be an object' });
  }
  return (await pipe.transform(value, { type: 'body', metatype: type })) as T;
}
