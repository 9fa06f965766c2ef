import type { Schema } from '../../api/client';

type PastedRequest = Pick<Schema<'PreviewPostbackRequest'>, 'url' | 'query' | 'body' | 'contentType' | 'method'>;

const FORM = 'application/x-www-form-urlencoded';

/**
 * The request in a pasted text: a URL, a request line, a whole request with headers and body, a line of an access log, a
 * query, a form or JSON. `undefined` for a text without anything to read.
 */
export function findRequest(pasted: string): PastedRequest | undefined {
  const text = pasted.trim();
  if (text === '') return undefined;
  return (
    findWholeRequest(text) ??
    findLogLine(text) ??
    findJson(text) ??
    findUrl(text) ?? { query: text.replaceAll(/\s*\n\s*/g, '&').replace(/^\?/, '') }
  );
}

/** `POST /postback/KEY HTTP/1.1`, headers, an empty line and a body; all but the first line may be missing. */
function findWholeRequest(text: string): PastedRequest | undefined {
  const [, method = '', target = ''] = /^(GET|POST)[ \t]+(\S+)/.exec(text) ?? [];
  if (target === '') return undefined;
  const [head = '', ...rest] = text.split(/\r?\n\r?\n/);
  const body = rest.join('\n\n').trim();
  if (method !== 'POST' || body === '') return { url: target };
  const [, sentType] = /^content-type:[ \t]*(.+)$/im.exec(head) ?? [];
  const contentType = sentType?.trim() ?? (/^[[{]/.test(body) ? 'application/json' : FORM);
  const mark = target.indexOf('?');
  return { method: 'POST', query: mark < 0 ? '' : target.slice(mark + 1), body, contentType };
}

/** `203.0.113.7 - - [27/Nov/2026:14:02:51 +0000] "GET /postback/KEY?… HTTP/1.1" 422 …` */
function findLogLine(text: string): PastedRequest | undefined {
  const [, target] = /"(?:GET|POST) (\S+)(?: HTTP\/[\d.]+)?"/.exec(text) ?? [];
  return target === undefined ? undefined : { url: target };
}

function findJson(text: string): PastedRequest | undefined {
  return /^[[{]/.test(text) ? { method: 'POST', query: '', body: text, contentType: 'application/json' } : undefined;
}

/** A URL, also within a sentence or a curl command, or a path with a query. */
function findUrl(text: string): PastedRequest | undefined {
  const [url] = /https?:\/\/[^\s"'<>]+/i.exec(text) ?? /^\/[^\s"'<>]+/.exec(text) ?? [];
  return url === undefined ? undefined : { url };
}
