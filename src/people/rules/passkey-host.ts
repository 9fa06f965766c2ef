import { isIP } from 'node:net';

/**
 * Whether browsers allow passkeys on this server: only on https, or on localhost, and never on an address. Source:
 * https://www.w3.org/TR/webauthn-3/#relying-party-identifier
 */
export function canUsePasskeys(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  const isAddress = isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
  return !isAddress && (protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost'));
}
