import type { Postback } from '../postback.schema.js';
import type { PostbackResponse } from './postback-log.dto.js';
import { readBack } from './read-back.js';

/** A log entry as the API shows it. */
export function toPostbackResponse(postback: Postback): PostbackResponse {
  // Entries of earlier releases do not have these fields.
  const { parameters = [], attempts = [], origin = 'postback' } = postback as Partial<Postback>;
  return {
    id: postback._id,
    networkId: postback.networkId,
    receivedAt: postback.receivedAt.toISOString(),
    origin,
    method: postback.method,
    path: postback.path,
    query: postback.query,
    body: postback.body,
    headers: Object.fromEntries(postback.headers.map(({ name, value }) => [name, value])),
    ip: postback.ip,
    parameters: readBack(postback, parameters),
    verdict: postback.verdict,
    reason: postback.reason,
    hint: postback.hint,
    clickId: postback.clickId,
    linkId: postback.linkId,
    conversionId: postback.conversionId,
    waitsUntil: postback.waitsUntil?.toISOString() ?? null,
    attempts: attempts.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
  };
}
