import type { RawRequest } from '../reading/parameters.js';

/** A request as somebody pastes it. */
export interface PastedRequest {
  url?: string | undefined;
  query?: string | undefined;
  body?: string | undefined;
  contentType?: string | undefined;
}

export interface UnpackedRequest {
  request: RawRequest;
  /** The key in a pasted URL's path; `null` when it has none, `undefined` when no URL was pasted. */
  key: string | null | undefined;
}

/** Query and key of a pasted URL (or just its part after the `?`), and whatever came beside it. */
export function unpackRequest({ url, query, body = '', contentType = '' }: PastedRequest): UnpackedRequest {
  if (url === undefined) {
    return { key: undefined, request: { query: (query ?? '').trim().replace(/^\?/, ''), body, contentType } };
  }
  const text = url.trim();
  const mark = text.indexOf('?');
  const path = mark < 0 ? text : text.slice(0, mark);
  const [, key = null] = /\/postback\/([^/?#]+)\/?$/.exec(path) ?? [];
  return { key, request: { query: mark < 0 ? '' : text.slice(mark + 1), body, contentType } };
}
