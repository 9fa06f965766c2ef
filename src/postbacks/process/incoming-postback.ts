import type { IncomingHttpHeaders } from 'node:http';
import { newId } from '../../platform/ids/ids.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { PostbackOrigin, Verdict } from '../postback.schema.js';
import type { BodyText } from '../rules/reading/body-text.js';
import type { NetworkTarget } from '../rules/reading/network-target.js';
import type { SignedMessage } from '../security/signature.js';
import type { LogEntry } from './log-entry.js';
import { maskKey } from '../rules/masking.js';

/** A request for a network, without its body. */
export interface AddressedRequest {
  method: string;
  target: NetworkTarget;
  headers: IncomingHttpHeaders;
  ip: string;
}

/** A request from a network, as it came. */
export interface IncomingPostback {
  method: string;
  query: string;
  body: string;
  contentType: string;
  headers: NodeJS.Dict<string | string[]>;
  ip: string;
  /** `pixel`: a page reported it (pixel or snippet). Default: `postback`. */
  origin?: PostbackOrigin;
  /** The path with its key masked, where it is not the usual one. */
  path?: string;
  /** Guesses that were made before the request could be read. */
  notices?: readonly Notice[];
  /** Which signed message it is, where the network signs. */
  signed?: SignedMessage;
}

/** The id that a request has in the log, and the time at which it came. */
export interface Arrival {
  postbackId: string;
  receivedAt: Date;
}

/** How a request is logged that is not to be applied. */
export interface Refusal {
  /** Default: rejected. */
  verdict?: 'rejected' | 'ignored';
  reason: string | null;
  hint: string;
  /** The log does not have all of its body. */
  isIncomplete?: boolean;
}

/** The result of a postback. */
export interface PostbackOutcome {
  postbackId: string;
  verdict: Verdict;
  reason: string | null;
  hint: string | null;
  conversionId: string | null;
}

export const NO_BODY: BodyText = { text: '', notices: [] };
const MAX_PATH_LENGTH = 200;

/** @param contentType default: the one that the request names. */
export function toIncoming(
  { method, target, headers, ip }: AddressedRequest,
  body: BodyText = NO_BODY,
  contentType: string = headers['content-type'] ?? '',
): IncomingPostback {
  const { before, after } = target;
  const isUsual = before === '' && after === '';
  return {
    method,
    query: target.query,
    body: body.text,
    contentType,
    headers,
    ip,
    ...(target.kind === 'pixel' && { origin: 'pixel' as const }),
    ...(!isUsual && { path: maskedPath(target) }),
    ...(target.notices.length + body.notices.length > 0 && { notices: [...target.notices, ...body.notices] }),
  };
}

/** The target of a request whose URL is as its route wants it. */
export function usualTarget(kind: NetworkTarget['kind'], key: string, query: string): NetworkTarget {
  return { kind, key, query, before: '', after: '', notices: NO_NOTICES };
}

export function toOutcome({ _id, verdict, reason, hint, conversionId }: LogEntry): PostbackOutcome {
  return { postbackId: _id, verdict, reason, hint, conversionId };
}

export function newArrival(): Arrival {
  return { postbackId: newId('pbk'), receivedAt: new Date() };
}

const NO_NOTICES: NetworkTarget['notices'] = [];

/** The path as it was sent, without the key, which may stand in it again. */
function maskedPath({ before, key, after }: NetworkTarget): string {
  return `${before}${maskKey(key)}${after.replaceAll(key, maskKey(key))}`.slice(0, MAX_PATH_LENGTH);
}
