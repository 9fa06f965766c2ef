import { Injectable } from '@nestjs/common';
import type { Network } from '../../networks/network.schema.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { ReceivedBytes } from '../../platform/http/requests/read-bytes.js';
import {
  type AddressedRequest,
  NO_BODY,
  type PostbackOutcome,
  type Refusal,
  toIncoming,
} from '../process/incoming-postback.js';
import { ProcessPostback } from '../process/process-postback.service.js';
import { type BodyText, toBodyText } from '../rules/reading/body-text.js';
import { answerTo, unknownKey } from './postback-answer.js';

/** A complete HTTP answer. */
export interface Answer {
  status: number;
  type: string;
  text: string;
  headers?: Readonly<Record<string, string>>;
}

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const ALLOW = { allow: 'GET, POST, HEAD, OPTIONS' };
const TOO_LARGE = 'A postback body has at most 64 KiB.';

/** Answers requests that name a network: each is processed, or logged as refused or ignored. */
@Injectable()
export class PostbackRequests {
  constructor(private readonly postbacks: ProcessPostback) {}

  /** @param received the body, if the method allows one. @throws ProblemException */
  async answer(network: Network, request: AddressedRequest, received: ReceivedBytes | undefined): Promise<Answer> {
    const { method, target } = request;
    const body = received === undefined || received.bytes.length === 0 ? NO_BODY : bodyOf(network, request, received);
    const incoming = toIncoming(request, body);
    const refusal = refusalOf(request, received, body);
    if (refusal === undefined) return toAnswer(network, await this.postbacks.process(network, incoming));
    const outcome = await this.postbacks.refuse(network, incoming, refusal);
    if (received?.state === 'cut') throw new ProblemException('payload_too_large', TOO_LARGE);
    if (method === 'OPTIONS') return { status: 200, type: TEXT, text: '', headers: ALLOW };
    const answer = toAnswer(network, outcome);
    return target.kind === 'postback'
      ? { ...answer, headers: allowOf(answer) }
      : { ...answer, headers: { allow: 'GET, HEAD' } };
  }

  /** Logs a request of which the HTTP server could read at most the first line. */
  async logUnreadable(network: Network, request: AddressedRequest, problem: string): Promise<void> {
    const hint = `The request is not valid HTTP (${problem}) and was answered with an error before it was read.`;
    await this.postbacks.refuse(network, toIncoming(request), { ...malformed(hint), isIncomplete: true });
  }

  /** The answer for an unknown key. @throws ProblemException */
  unknown(): never {
    throw unknownKey();
  }
}

function allowOf({ status }: Answer): Readonly<Record<string, string>> {
  return status === 405 ? ALLOW : {};
}

function toAnswer(network: Network, outcome: PostbackOutcome): Answer {
  const { status, body } = answerTo(network, outcome);
  return typeof body === 'string'
    ? { status, type: TEXT, text: body }
    : { status, type: JSON_TYPE, text: JSON.stringify(body) };
}

function bodyOf({ mapping }: Network, { headers }: AddressedRequest, { bytes, state }: ReceivedBytes): BodyText {
  const contentEncoding = [headers['content-encoding'] ?? ''].flat().join(',');
  // A part of a compressed body cannot be unpacked.
  if (state !== 'whole' && contentEncoding !== '') return NO_BODY;
  const charsets = mapping.charset === undefined ? [] : [mapping.charset];
  return toBodyText(bytes, { contentType: headers['content-type'] ?? '', contentEncoding, charsets });
}

/** The refusal of a request that is not processed; `undefined` for one that is. */
function refusalOf(
  { method, target }: AddressedRequest,
  received: ReceivedBytes | undefined,
  body: BodyText,
): Refusal | undefined {
  const methods = target.kind === 'pixel' ? 'GET' : 'GET or POST';
  if (method === 'HEAD' || method === 'OPTIONS') {
    const hint = `${method} only checks that the URL exists, as link checkers do, and reports no conversion. Report conversions by ${methods}.`;
    return { verdict: 'ignored', reason: null, hint };
  }
  if (target.isStray) {
    return malformed(
      'The key of the network is not where it must be: the URL is /postback/, the key, "?" and the parameters.',
    );
  }
  if (method !== 'GET' && (method !== 'POST' || target.kind === 'pixel')) {
    const isIncomplete = (received !== undefined && received.state !== 'whole') || body.message !== undefined;
    const hint = `The method is ${method}, but conversions are reported by ${methods}: change the method where the URL is entered.`;
    return { reason: 'method_not_allowed', hint, isIncomplete };
  }
  if (received?.state === 'cut') return { ...malformed(TOO_LARGE), isIncomplete: true };
  if (received?.state === 'aborted') {
    return { ...malformed('The connection ended before the whole body arrived.'), isIncomplete: true };
  }
  return body.message === undefined
    ? undefined
    : { ...malformed(`Nothing could be read: ${body.message}.`), isIncomplete: true };
}

function malformed(hint: string): Refusal {
  return { reason: 'malformed_request', hint };
}
