import type { Network } from '../../networks/network.schema.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { PostbackAnswer } from './receive-postback.dto.js';
import type { PostbackOutcome } from '../process/incoming-postback.js';

/** The answer to a network: JSON, or text if the network is set to that. */
export interface PostbackReply {
  status: 200 | 403 | 405 | 422;
  body: PostbackAnswer | string;
}

/** The answer for the result of a postback. */
export function answerTo({ answer }: Pick<Network, 'answer'>, outcome: PostbackOutcome): PostbackReply {
  const { postbackId, verdict, reason, conversionId } = outcome;
  const status = statusOf(outcome, answer.alwaysOk);
  if (answer.text) return { status, body: status === 200 ? 'OK' : `${verdict}: ${reason}` };
  const body = {
    verdict,
    ...(reason !== null && { reason }),
    ...(conversionId !== null && { conversionId }),
    postbackId,
  };
  return { status, body };
}

function statusOf({ verdict, reason }: PostbackOutcome, alwaysOk: boolean): PostbackReply['status'] {
  if (verdict !== 'rejected' || alwaysOk) return 200;
  if (reason === 'method_not_allowed') return 405;
  return reason === 'not_allowed' ? 403 : 422;
}

/** The answer for a key that no network has. */
export function unknownKey(): ProblemException {
  return new ProblemException('not_found', 'No network has this key: copy the postback URL again.');
}
