import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { publicSuffix, registeredName } from '../../platform/urls/public-suffix.js';

export type HostnameReading = { ok: true; hostname: string } | { ok: false; code: string; message: string };

/** DNS allows 253 characters; the name of the TXT record below it needs nine of them. */
const MAX_LENGTH = 253 - '_hopback.'.length;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Top-level names outside the public DNS, which cannot be proved (RFC 6761, RFC 6762, RFC 7686, RFC 8375). */
const PRIVATE_TOP_LEVELS = new Set([
  'localhost',
  'local',
  'internal',
  'invalid',
  'onion',
  'arpa',
  'lan',
  'home',
  'corp',
]);

/**
 * Validates a hostname as people type it. Returns it as browsers send it: lower case, punycode, no dot at the end.
 * @param publicHostname the host of PUBLIC_URL, which is always allowed.
 */
export function parseHostname(text: string, publicHostname: string): HostnameReading {
  if (text.toLowerCase() === publicHostname) return { ok: true, hostname: publicHostname };
  if (/[:/?#@\\%[\]\s]/.test(text))
    return bad('hostname', 'write the name alone, such as go.brand.com: no https://, port, path or spaces');
  const ascii = domainToASCII(text);
  const hostname = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  if (isIP(hostname) !== 0)
    return bad('ip_address', 'an address cannot be a domain; write a name such as go.brand.com');
  if (hostname.length > MAX_LENGTH) return bad('too_long', `a hostname has at most ${MAX_LENGTH} characters here`);
  const labels = hostname.split('.');
  if (!labels.every((label) => LABEL.test(label) && hasUnicodeForm(label)))
    return bad(
      'hostname',
      'it is not a hostname; each part has 1 to 63 letters, digits and inner hyphens: go.brand.com',
    );
  const end = labels.at(-1) ?? '';
  if (/^\d+$/.test(end)) return bad('hostname', 'the last part of a hostname is not a number');
  if (labels.length === 1)
    return bad('single_label', 'a name without a dot cannot be verified; write e.g. go.brand.com');
  if (PRIVATE_TOP_LEVELS.has(end))
    return bad('not_public', `.${end} is for private networks, so it cannot be verified in DNS`);
  if (publicSuffix(hostname) === hostname)
    return bad('public_suffix', `anyone can register names below ${hostname}; write your own name below it`);
  return { ok: true, hostname };
}

/** The registered name of a hostname: `brand.com` for `go.brand.com`. */
export function registrableName(hostname: string): string {
  return registeredName(hostname) ?? hostname;
}

const PORT = /^(?::\d*)?$/;

/** The hostname in a `Host` header: `Go.Brand.com:443` → `go.brand.com`; empty when something other than a port follows it. */
export function hostnameOf(host: string): string {
  const end = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':');
  if (end > 0 && !PORT.test(host.slice(end))) return '';
  const name = end > 0 ? host.slice(0, end) : host;
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
}

/** The hostname that a text means: `Müller.example` → `xn--mller-kva.example`. A text that is no hostname stays as it is. */
export function asHostname(text: string): string {
  const name = hostnameOf(text);
  return domainToASCII(name) || name;
}

/** False for a label whose part after `xn--` is not valid punycode. */
function hasUnicodeForm(label: string): boolean {
  return !label.startsWith('xn--') || domainToASCII(`${label}.example`) !== '';
}

function bad(code: string, message: string): HostnameReading {
  return { ok: false, code, message };
}
