import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { customAlphabet } from 'nanoid';
import { BASE62, encodeBase62 } from '../../platform/ids/base62.js';

const PREFIX = 'hb_';
const random30 = customAlphabet(BASE62, 30); // 178 bits

/**
 * Creates an API key: `hb_`, 30 random characters, 6 characters of checksum. It is the format of GitHub's tokens, which secret
 * scanners recognize: https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
 */
export function newApiKey(): string {
  const body = random30();
  return `${PREFIX}${body}${checksum(body)}`;
}

/** False for text that cannot be an API key, which saves the look-up. Keys that the operator chose pass. */
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
