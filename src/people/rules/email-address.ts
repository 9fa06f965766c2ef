import { createHash } from 'node:crypto';
import { isEmail } from 'class-validator';

/** Bytes that SMTP can carry (RFC 5321). */
const MAX_ADDRESS_BYTES = 254;
/** Mail programs read these as quotes, comments, lists or groups of addresses. */
const SPECIAL = /[\s\p{C}"(),:;<>[\\\]]/u;
const KEY_LENGTH = 22;

/** The form in which addresses are compared: two with one key are one account. Dots and plus signs are kept. */
export function emailKey(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** Whether the text is one address, as it can be stored and mailed to. Other scripts are allowed. */
export function isEmailAddress(text: string): boolean {
  return isOneAddress(text) && isOneAddress(emailKey(text));
}

function isOneAddress(text: string): boolean {
  return Buffer.byteLength(text) <= MAX_ADDRESS_BYTES && !SPECIAL.test(text) && isEmail(text);
}

/** Stands for an account, existing or not, in counters and cookies. It does not show the address. */
export function accountKeyOf(email: string): string {
  return createHash('sha256')
    .update(`hopback-account\n${emailKey(email)}`)
    .digest('base64url')
    .slice(0, KEY_LENGTH);
}
