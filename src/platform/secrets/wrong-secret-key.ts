import { ProblemException } from '../http/problems/problem.js';

/** This instance has another secret key than the one that sealed a value. Only the operator can help; the log says how. */
export class WrongSecretKey extends ProblemException {
  constructor() {
    super(
      'unavailable',
      'The secret key of this server is not the one that protected this data. Ask the operator of the server to restore the key.',
    );
  }
}
