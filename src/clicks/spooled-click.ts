import type { QueryPairs } from './click-query.js';

/** A click as the redirect knows it: nothing is looked up or worked out yet. */
export interface SpooledClick {
  /** The click id. */
  id: string;
  workspaceId: string;
  linkId: string;
  /** Milliseconds since 1970. */
  at: number;
  ip: string;
  userAgent: string;
  language: string;
  referrer: string;
  query: QueryPairs;
  /** `HEAD` requests and prefetches are redirected but are no visits. */
  kind: 'visit' | 'head' | 'prefetch';
}

export function encodeClick(click: SpooledClick): Buffer {
  return Buffer.from(JSON.stringify(click));
}

/** @throws Error when it is not what `encodeClick` wrote. */
export function decodeClick(payload: Buffer): SpooledClick {
  return JSON.parse(payload.toString('utf8')) as SpooledClick;
}
