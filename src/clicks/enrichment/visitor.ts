import { hash } from 'node:crypto';
import type { SpooledClick } from '../rules/click-record.js';

const BLOCK_BYTES = 64; // of SHA-256
const DIGEST_BYTES = 32;
const DAY_MS = 86_400_000;
/** Longer texts, in bytes of UTF-8, are hashed from a buffer that is allocated for them. */
const TEXT_BYTES = 4_096;

/**
 * Creates the pseudonym of a visitor on a link on a day (UTC): 22 characters of base64url, from an HMAC-SHA-256 over day, link,
 * address and user agent. Without the secret, trying all addresses does not find the right one.
 *
 * The HMAC is computed from two one-shot hashes (RFC 2104), in a third of the time of `createHmac`.
 */
export class VisitorKeys {
  /** The inner pad, followed by space for the text. */
  private readonly inner = Buffer.alloc(BLOCK_BYTES + TEXT_BYTES, 0x36);
  /** The outer pad, followed by the inner hash. */
  private readonly outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES, 0x5c);
  private day = { number: NaN, name: '' };

  constructor(secret: Buffer) {
    const key = secret.length > BLOCK_BYTES ? hash('sha256', secret, 'buffer') : secret;
    for (const [i, byte] of key.entries()) {
      this.inner[i] = 0x36 ^ byte;
      this.outer[i] = 0x5c ^ byte;
    }
  }

  keyOf({ linkId, at, ip, userAgent }: Pick<SpooledClick, 'linkId' | 'at' | 'ip' | 'userAgent'>): string {
    return this.hmac(`${this.dayOf(at)}\n${linkId}\n${ip}\n${userAgent}`).slice(0, 22);
  }

  private hmac(text: string): string {
    // A UTF-16 unit takes at most three bytes.
    const fits = text.length * 3 <= TEXT_BYTES;
    const input = fits
      ? this.inner.subarray(0, BLOCK_BYTES + this.inner.write(text, BLOCK_BYTES))
      : Buffer.concat([this.inner.subarray(0, BLOCK_BYTES), Buffer.from(text)]);
    this.outer.write(hash('sha256', input, 'binary'), BLOCK_BYTES, 'latin1'); // a string is faster here than a buffer
    return hash('sha256', this.outer, 'base64url');
  }

  private dayOf(at: number): string {
    const number = Math.floor(at / DAY_MS);
    if (number !== this.day.number) this.day = { number, name: new Date(at).toISOString().slice(0, 10) };
    return this.day.name;
  }
}
