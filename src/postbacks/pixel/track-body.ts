import { parse as parseLossless } from 'lossless-json';
import { isNestedTooDeep } from '../../platform/http/validation/nesting.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { createValidationPipe } from '../../platform/http/validation/validation.js';
import { TrackRequest } from './track.dto.js';

const MAX_BODY_BYTES = 64 * 1024;
const READABLE = /^(?:application\/(?:[\w.-]+\+)?json|text\/plain)\s*(?:;|$)/i;
const validation = createValidationPipe();

/**
 * Reads the report of a page: JSON, also as `text/plain`, which navigator.sendBeacon sends. Numbers are read as text, and
 * `null` counts as absent.
 * @throws ProblemException if the body cannot be read or is not valid.
 */
export async function readTrackBody(body: unknown, contentType: string | undefined): Promise<TrackRequest> {
  if (!Buffer.isBuffer(body)) throw new ProblemException('bad_request', 'The body must be a JSON object.');
  if (body.length > MAX_BODY_BYTES) throw new ProblemException('payload_too_large', 'The body has at most 64 KiB.');
  if (contentType !== undefined && !READABLE.test(contentType)) {
    throw new ProblemException('unsupported_media_type', 'Send JSON, as application/json or text/plain.');
  }
  const json = parse(body.toString('utf8'));
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ProblemException('bad_request', 'The body must be a JSON object.');
  }
  return (await validation.transform(json, { type: 'body', metatype: TrackRequest })) as TrackRequest;
}

function parse(text: string): unknown {
  if (isNestedTooDeep(text)) throw new ProblemException('bad_request', 'The body is nested too deep.');
  try {
    // Numbers keep their digits: a transaction id may have more than a double holds.
    const json = parseLossless(text, undefined, (digits) => digits);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
    return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));
  } catch {
    throw new ProblemException('bad_request', 'The body is not JSON.');
  }
}

/** The report as a postback's form, with canonical names. */
export function toForm(report: TrackRequest): string {
  const fields = {
    click_id: report.clickId,
    event: report.event,
    payout: report.payout,
    currency: report.currency,
    txid: report.txid,
    player_id: report.playerId,
  };
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return new URLSearchParams(given).toString();
}
