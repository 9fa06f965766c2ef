import { type FieldProblem, ProblemException } from '../../platform/http/problems/problem.js';
import { duplicateFields, isDuplicateKey } from '../../platform/mongo/mongo-errors.js';

/** Why a link cannot be made or changed, as others have what it needs. */
export const EXTERNAL_ID_TAKEN = (): ProblemException =>
  new ProblemException('conflict', 'Another link of this workspace has this externalId.');
export const SLUG_TAKEN = (): ProblemException =>
  new ProblemException('conflict', 'Another link on this domain has this slug.');
export const SLUG_OF_ANOTHER = (): ProblemException =>
  new ProblemException('conflict', 'The link with this slug has another externalId; give this one another slug.');
export const DOMAIN_STAYS = (): ProblemException =>
  new ProblemException(
    'conflict',
    'The link with this externalId is on another domain, and a link stays on its domain.',
  );

export const NOTHING_TO_FIND_BY: FieldProblem = {
  path: 'externalId',
  code: 'required',
  message: 'a link is found by its externalId, or by its slug (and domain): give one of them',
};

/** The error of a write, as it is told. */
export function toConflict(error: unknown): unknown {
  if (!isDuplicateKey(error)) return error;
  return duplicateFields(error).includes('externalId') ? EXTERNAL_ID_TAKEN() : SLUG_TAKEN();
}
