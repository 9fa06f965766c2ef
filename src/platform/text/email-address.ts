import { domainToASCII } from 'node:url';

/** Of RFC 5321, in characters. */
const MAX_ADDRESS_CHARS = 254;
const MAX_LOCAL_CHARS = 64;
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const HOSTNAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * Reads exactly one e-mail address: no list, no group, no name, no comment, no quotes and no control characters. The domain
 * becomes lower case and ASCII (`bücher.example` → `xn--bcher-kva.example`). The part before the `@` stays as written.
 * @returns `undefined` for anything else.
 */
export function parseEmailAddress(text: string): string | undefined {
  if (text.length > MAX_ADDRESS_CHARS) return undefined;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || local.length > MAX_LOCAL_CHARS || !LOCAL_PART.test(local)) return undefined;
  const written = text.slice(at + 1);
  // Characters that a host name cannot have, but that may end or hide a part of it when it is normalised.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(written) || /^[\d.]+$/.test(written)) return undefined;
  const domain = domainToASCII(written);
  const address = `${local}@${domain}`;
  return HOSTNAME.test(domain) && address.length <= MAX_ADDRESS_CHARS ? address : undefined;
}
