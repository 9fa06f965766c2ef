import { percentEncoded } from '../../platform/http/requests/request-line.js';
import { locateNetwork } from '../rules/reading/network-target.js';
import type { RawRequest } from '../rules/reading/parameters.js';

/** A request as it was pasted. */
export interface PastedRequest {
  method?: string | undefined;
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

/** Finds query and key in a pasted URL (or in its part after the `?`), and adds the pasted body. */
export function unpackRequest({ url, query, body = '', contentType = '' }: PastedRequest): UnpackedRequest {
  if (url === undefined) {
    return { key: undefined, request: { query: (query ?? '').trim().replace(/^\?/, ''), body, contentType } };
  }
  const target = targetIn(url.trim());
  const located = locateNetwork(target);
  if (located?.kind === 'postback') {
    const { key, query: found, notices } = located;
    return { key, request: { query: found, body, contentType, notices } };
  }
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const [, key = null] = /\/postback\/([^/?#]+)\/?$/.exec(path) ?? [];
  return { key, request: { query: mark < 0 ? '' : target.slice(mark + 1), body, contentType } };
}

/** Path and query, without scheme and host, or the method of a copied request line. */
function targetIn(text: string): string {
  return text
    .replace(/^(?:GET|POST)\s+/, '')
    .replace(/(?<=\s)HTTP\/1\.[01]$/, '')
    .trimEnd()
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/\\?#]*/i, '')
    .replaceAll(/[^!-~]/gu, (letter) =>
      Buffer.from(letter, 'utf8').toString('latin1').replaceAll(/[^]/g, percentEncoded),
    );
}
