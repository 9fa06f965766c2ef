import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { customAlphabet } from 'nanoid';
import { BASE62, encodeBase62 } from '../../platform/ids/base62.js';

const PREFIX = 'hb_';
const random30 = customAlphabet(BASE62, 30); // 178 bits

/**
 * A new API key: `hb_`, 30 random characters, 6 characters of checksum (the form that GitHub's tokens have, so that secret
 * scanners can tell one from random text: https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/).
 */
export function newApiKey(): string {
  const body = random30();
  return `${PREFIX}${body}${checksum(body)}`;
}

/** False for text that can not be one of our keys, so that junk costs no look-up. A key of the operator's own passes. */
export function couldBeApiKey(text: string): boolean {
  if (text.length < 24 || text.length > 256) return false;
  if (!/^hb_[0-9A-Za-z]{36}$/.test(text)) return true;
  const body = text.slice(PREFIX.length, -6);
  return text.endsWith(checksum(body));
}

export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function checksum(body: string): string {
  return encodeBase62(crc32(body), 6);
}
