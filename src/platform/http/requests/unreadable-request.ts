import type { IncomingHttpHeaders } from 'node:http';
import { percentEncoded } from './request-line.js';

/** The readable parts of a request that is not valid HTTP. */
export interface UnreadableRequest {
  method: string;
  /** ASCII; cut when the request was cut. */
  target: string;
  headers: IncomingHttpHeaders;
  remoteAddress: string;
  /** The reason in a few words. */
  problem: string;
}

const MAX_TEXT = 32 * 1024;
const MAX_HEADERS = 50;
const LINE = /^\s*([A-Za-z]{1,20})[ \t]+([^\r\n]*)/;
const VERSION = /^HTTP\/[\d.]*[ \t]*$/i;
const ORIGIN = /^https?:\/\/[^/?#]*/i;
const HEADER = /^([\w-]{1,100})[ \t]*:(.*)$/;

/** @param sent the received bytes as latin1, from the beginning of the request. */
export function readUnreadable(sent: string, remoteAddress: string, problem: string): UnreadableRequest | undefined {
  const text = sent.slice(0, MAX_TEXT);
  const [line, method, rest] = LINE.exec(text) ?? [];
  if (line === undefined || method === undefined || rest === undefined) return undefined;
  const target = withoutVersion(rest)
    .replace(ORIGIN, '')
    .replaceAll(/[^!-~]/g, percentEncoded);
  const headers: IncomingHttpHeaders = {};
  const [head = ''] = text.slice(line.length).split(/\r?\n\r?\n/, 1);
  for (const one of head.split(/\r?\n/).slice(1, MAX_HEADERS)) {
    const [, name, value] = HEADER.exec(one) ?? [];
    if (name !== undefined) headers[name.toLowerCase()] ??= value?.trim() ?? '';
  }
  return { method: method.toUpperCase(), target, headers, remoteAddress, problem };
}

/** Searches from the end: a line may be thousands of spaces. */
function withoutVersion(rest: string): string {
  const at = rest.toUpperCase().lastIndexOf('HTTP/');
  const isVersion = at > 0 && /[ \t]/.test(rest[at - 1] ?? '') && VERSION.test(rest.slice(at));
  return isVersion ? rest.slice(0, at).trimEnd() : rest;
}
