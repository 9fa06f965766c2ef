import { isRefused, isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { type Fate, NeverApplicable } from './postback-drainer.js';

/** The fate of a spooled postback that failed with this error. */
export function fateOf(error: unknown): Fate {
  if (isUnavailable(error)) return 'later';
  return isRefused(error) || error instanceof NeverApplicable || isOfTheRequest(error) ? 'never' : 'unknown';
}

/** Errors of reading a request, which recur at each attempt. */
function isOfTheRequest(error: unknown): boolean {
  return error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError;
}
