import { ProblemException } from '../../platform/http/problems/problem.js';
import { isTooSlow } from '../../platform/mongo/mongo-errors.js';

/** Time limit of a query over the log. */
export const SEARCH_MS = 5_000;

/** Runs a query with that limit. @throws ProblemException 422 when it takes longer. */
export async function inTime<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isTooSlow(error)) throw error;
    const message = `the search took longer than ${SEARCH_MS / 1_000} s: give a networkId, or a shorter time range with from and to`;
    throw ProblemException.invalid({ path: 'from', code: 'too_much_to_search', message });
  }
}
