import { parseUrl } from './parse-url.js';
import { beginningAdvice, characterAdvice, noUrlAdvice } from './url-advice.js';
import { repairUrl } from './repair-url.js';
import { isHostSyntax, isPrivateHost } from './hosts.js';

/** The maximum length of a URL, both as sent and as stored. */
export const MAX_URL_LENGTH = 2_048;

/** Schemes that run code, read data of the visitor, or that no browser opens. No setting allows them. */
const NEVER: ReadonlySet<string> = new Set([
  'javascript:',
  'data:',
  'blob:',
  'file:',
  'filesystem:',
  'vbscript:',
  'intent:',
  'view-source:',
  'about:',
  'ftp:',
  'ws:',
  'wss:',
]);

/** The operator's decisions about URLs. */
export interface UrlRules {
  /** Beside http and https, without the colon. */
  extraSchemes: ReadonlySet<string>;
  /** `host:port` entries that are allowed although they are private. */
  allowedHosts: ReadonlySet<string>;
  /** Whether the host serves our short links, which would cause a redirect loop. */
  isOwnHost: (hostname: string) => boolean;
  isBlocked: (url: URL) => boolean;
}

export interface UrlProblem {
  code:
    'too_long' | 'bad_character' | 'is_url' | 'scheme' | 'credentials' | 'host' | 'private_host' | 'loop' | 'blocked';
  message: string;
}

export type UrlReading = { ok: true; url: URL } | ({ ok: false } & UrlProblem);

/** No setting allows this scheme. @param protocol with its colon. */
export function isNeverAllowed(protocol: string): boolean {
  return NEVER.has(protocol);
}

/** Checks that hold in every installation: length, characters, credentials. `problemOf` applies the operator's rules. */
export function readUrl(text: string): UrlReading {
  if (text.length > MAX_URL_LENGTH) return bad('too_long', `a URL has at most ${MAX_URL_LENGTH} characters`);
  if (hasBadCharacter(text)) return bad('bad_character', characterAdvice(text));
  const url = parseUrl(text);
  if (!url) return bad('is_url', noUrlAdvice(text));
  const advice = beginningAdvice(text);
  if (advice !== undefined) return bad('is_url', advice);
  if (isNeverAllowed(url.protocol)) return bad('scheme', `${url.protocol} is not allowed; write http or https`);
  if (url.username !== '' || url.password !== '')
    return bad('credentials', 'it may hold no user name or password; an @ in the path is written %40');
  if (url.href.length > MAX_URL_LENGTH)
    return bad('too_long', `percent-encoded it has more than ${MAX_URL_LENGTH} characters`);
  return { ok: true, url };
}

/** Whether a text has characters that a parser drops or a person does not see: spaces, control characters, lone surrogates. */
export function hasBadCharacter(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the pattern searches for control characters
  return /[\u0000-\u0020\u007f-\u00a0]|\p{Surrogate}/u.test(text);
}

/** Why no link may redirect to the URL, or `undefined`. Only this function decides about schemes and hosts. */
export function problemOf(url: URL, rules: UrlRules): UrlProblem | undefined {
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isWeb) return appProblem(url, rules);
  const { hostname } = url;
  if (!isHostSyntax(hostname))
    return {
      code: 'host',
      message: `"${hostname}" is not a valid host name: use letters, digits, underscores and inner hyphens`,
    };
  const isAllowed = rules.allowedHosts.has(hostAndPort(url));
  if (!isAllowed && rules.isOwnHost(hostname))
    return { code: 'loop', message: `${hostname} is a domain of short links: visitors could be redirected in a loop` };
  if (!isAllowed && isPrivateHost(hostname))
    return {
      code: 'private_host',
      message: `${hostname} is not a public host; the operator of this server can allow a host:port with OUTBOUND_ALLOW`,
    };
  if (rules.isBlocked(url)) return BLOCKED;
  return undefined;
}

function appProblem(url: URL, rules: UrlRules): UrlProblem | undefined {
  const scheme = url.protocol.slice(0, -1);
  if (NEVER.has(url.protocol) || !rules.extraSchemes.has(scheme)) {
    const repaired = repairUrl(url.href);
    const advice = repaired === undefined ? '' : `; did you mean ${repaired}?`;
    return {
      code: 'scheme',
      message: `only ${['http', 'https', ...rules.extraSchemes].join(', ')} are allowed${advice}`,
    };
  }
  return rules.isBlocked(url) ? BLOCKED : undefined;
}

const BLOCKED: UrlProblem = { code: 'blocked', message: 'this URL is on the list of harmful sites' };

/** `shop.example:443`, in the form of OUTBOUND_ALLOW: without the brackets of an IPv6 address. */
function hostAndPort({ protocol, hostname, port }: URL): string {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return `${host}:${port || (protocol === 'http:' ? '80' : '443')}`;
}

function bad(code: UrlProblem['code'], message: string): UrlReading {
  return { ok: false, code, message };
}
