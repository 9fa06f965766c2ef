import { createHash } from 'node:crypto';
import { parseEmailAddress } from '../../platform/text/email-address.js';

const KEY_LENGTH = 22;

/** Whether the text is one e-mail address that mail can be sent to. Spaces around it are ignored. */
export function isEmailAddress(text: string): boolean {
  return parseEmailAddress(text.trim()) !== undefined;
}

/**
 * The form in which addresses are compared: two with one key are one account. Letter case and the form of the domain do not
 * count. Dots and `+` count, because only some providers ignore them.
 */
export function emailKey(text: string): string {
  const written = text.trim().normalize('NFKC');
  return (parseEmailAddress(written) ?? written).toLowerCase().normalize('NFKC');
}

/** Stands for an account, existing or not, in counters and cookies. It does not show the address. */
export function accountKeyOf(email: string): string {
  return createHash('sha256')
    .update(`hopback-account\n${emailKey(email)}`)
    .digest('base64url')
    .slice(0, KEY_LENGTH);
}
