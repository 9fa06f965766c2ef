import type { Postback } from '../postback-types';

/** Headers that curl sends on its own, or that belong to the connection. */
const OWN_HEADERS = /^(?:host|content-length|connection|accept|accept-encoding|user-agent|x-forwarded-.*|x-real-ip)$/i;

/** The request as a command. Secrets are masked, as in the log. */
export function toCurl(
  { method, path, query, body, headers }: Pick<Postback, 'method' | 'path' | 'query' | 'body' | 'headers'>,
  origin: string,
): string {
  const address = `${origin}${path}${query === '' ? '' : `?${query}`}`;
  return [
    'curl',
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : [`-X ${method}`]),
    quoted(address),
    ...Object.entries(headers)
      .filter(([name]) => !OWN_HEADERS.test(name))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === '' ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(' ');
}

/** One word for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
