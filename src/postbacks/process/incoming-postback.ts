import type { IncomingHttpHeaders } from 'node:http';
import { newId } from '../../platform/ids/ids.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { PostbackRejectReason } from '../../platform/vocabulary/reject-reasons.js';
import type { PostbackOrigin, Verdict } from '../postback.schema.js';
import type { BodyText } from '../rules/reading/body-text.js';
import type { NetworkTarget } from '../rules/reading/network-target.js';
import type { SignedMessage } from '../security/signature.js';
import type { LogEntry } from './log-entry.js';
import { maskKey } from '../rules/masking.js';

/** A request that is addressed to a network, without its body. */
export interface AddressedRequest {
  method: string;
  target: NetworkTarget;
  headers: IncomingHttpHeaders;
  ip: string;
}

/** A request from a network, as received. */
export interface IncomingPostback {
  method: string;
  query: string;
  body: string;
  contentType: string;
  headers: NodeJS.Dict<string | string[]>;
  ip: string;
  /** `pixel`: a page reported it (pixel or snippet). Default: `postback`. */
  origin?: PostbackOrigin;
  /** The path with its key masked, if it is not the usual one. */
  path?: string;
  /** Notices from before the request was read. */
  notices?: readonly Notice[];
  /** Identifies the signed message, if the network signs. */
  signed?: SignedMessage;
}

/** The id of a request in the log, and its time of arrival. */
export interface Arrival {
  postbackId: string;
  receivedAt: Date;
}

/** The log fields of a request that is not applied. */
export interface Refusal {
  /** Default: rejected. */
  verdict?: 'rejected' | 'ignored';
  reason: PostbackRejectReason | null;
  hint: string;
  /** The log does not have the whole body. */
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

/** Builds the incoming postback of a request. @param contentType default: that of the request's headers. */
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

/** The target of a request with a well-formed URL. */
export function usualTarget(kind: NetworkTarget['kind'], key: string, query: string): NetworkTarget {
  return { kind, key, query, before: '', after: '', notices: NO_NOTICES };
}

/** The result of a postback, from its log entry. */
export function toOutcome({ _id, verdict, reason, hint, conversionId }: LogEntry): PostbackOutcome {
  return { postbackId: _id, verdict, reason, hint, conversionId };
}

/** A new id and the current time. */
export function newArrival(): Arrival {
  return { postbackId: newId('pbk'), receivedAt: new Date() };
}

const NO_NOTICES: NetworkTarget['notices'] = [];

/** The path as sent, with each occurrence of the key masked. */
function maskedPath({ before, key, after }: NetworkTarget): string {
  return `${before}${maskKey(key)}${after.replaceAll(key, maskKey(key))}`.slice(0, MAX_PATH_LENGTH);
}
