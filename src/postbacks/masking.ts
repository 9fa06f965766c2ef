const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-api-key']);
const SECRET_PARAMETERS =
  'token access_token security_token verification_token secure secret password key api_key hash sig signature hmac'.split(
    ' ',
  );
const MASK = '***';

const inJson = new RegExp(`("(?:${SECRET_PARAMETERS.join('|')})"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"|[^,}\\s]+)`, 'gi');

/** Query or body text with the values of parameters that are usually secret blanked. */
export function maskParameters(text: string): string {
  if (/^\s*[{[]/.test(text)) return text.replaceAll(inJson, `$1"${MASK}"`);
  return text.split('&').map(maskPair).join('&');
}

function maskPair(pair: string): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return pair;
  const [name] = [...new URLSearchParams(pair).keys()]; // decoded: %74oken is a token too
  return SECRET_PARAMETERS.includes((name ?? '').trim().toLowerCase()) ? `${pair.slice(0, equals)}=${MASK}` : pair;
}

export function maskHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET_HEADERS.has(name) ? MASK : [value ?? ''].flat().join(', '),
    ]),
  );
}

/** `/postback/4tXq…` → `/postback/***7aZ`: enough to tell two keys apart. */
export function maskKey(key: string): string {
  return `${MASK}${key.slice(-3)}`;
}
