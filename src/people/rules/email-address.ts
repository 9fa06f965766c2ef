import { parseEmailAddress } from '../../platform/text/email-address.js';

/** Whether the text is one e-mail address that mail can be sent to. Spaces around it are ignored. */
export function isEmailAddress(text: string): boolean {
  return parseEmailAddress(text.trim()) !== undefined;
}

/**
 * The same for all spellings of an address that reach one mailbox in practice: letter case and the form of the domain do not
 * count. Dots and `+` count, because only some providers ignore them.
 */
export function emailKey(text: string): string {
  const written = text.trim().normalize('NFKC');
  return (parseEmailAddress(written) ?? written).toLowerCase();
}
