const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-api-key']);
const SECRET_PARAMETERS = [
  'token',
  'secure',
  'security_token',
  'verification_token',
  'key',
  'api_key',
  'secret',
  'hash',
  'password',
];
const MASK = '***';

const inForm = new RegExp(`(^|[&?])(${SECRET_PARAMETERS.join('|')})=[^&]*`, 'gi');
const inJson = new RegExp(`("(?:${SECRET_PARAMETERS.join('|')})"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"|[^,}\\s]+)`, 'gi');

/** Query or body text with the values of parameters that are usually secret blanked. */
export function maskParameters(text: string): string {
  return text.replaceAll(inForm, `$1$2=${MASK}`).replaceAll(inJson, `$1"${MASK}"`);
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
