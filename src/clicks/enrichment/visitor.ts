import { hash } from 'node:crypto';
import type { SpooledClick } from '../rules/click-record.js';

const BLOCK = 64; // bytes that SHA-256 takes at a time
const DIGEST = 32;
const DAY_MS = 86_400_000;
/** Room for a text of up to 4 KiB of UTF-8; longer ones take a buffer of their own. */
const ROOM = 4_096;

/**
 * Names a person on a link on a day (UTC) without saying who: 22 characters of base64url, out of an HMAC-SHA-256 over day,
 * link, address and user agent. Nobody without the secret can find the address by trying them all.
 *
 * The HMAC is put together from two one-shot hashes (RFC 2104), which takes a third of the time that `createHmac` does.
 */
export class VisitorKeys {
  /** The inner pad, and behind it room for the text. */
  private readonly inner = Buffer.alloc(BLOCK + ROOM, 0x36);
  /** The outer pad, and behind it the inner hash. */
  private readonly outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);
  private day = { number: NaN, name: '' };

  constructor(secret: Buffer) {
    const key = secret.length > BLOCK ? hash('sha256', secret, 'buffer') : secret;
    for (const [i, byte] of key.entries()) {
      this.inner[i] = 0x36 ^ byte;
      this.outer[i] = 0x5c ^ byte;
    }
  }

  keyOf({ linkId, at, ip, userAgent }: Pick<SpooledClick, 'linkId' | 'at' | 'ip' | 'userAgent'>): string {
    return this.hmac(`${this.dayOf(at)}\n${linkId}\n${ip}\n${userAgent}`).slice(0, 22);
  }

  private hmac(text: string): string {
    // A UTF-16 unit takes three bytes at most.
    const fits = text.length * 3 <= ROOM;
    const input = fits
      ? this.inner.subarray(0, BLOCK + this.inner.write(text, BLOCK))
      : Buffer.concat([this.inner.subarray(0, BLOCK), Buffer.from(text)]);
    this.outer.write(hash('sha256', input, 'binary'), BLOCK, 'latin1'); // a string costs less here than a buffer
    return hash('sha256', this.outer, 'base64url');
  }

  private dayOf(at: number): string {
    const number = Math.floor(at / DAY_MS);
    if (number !== this.day.number) this.day = { number, name: new Date(at).toISOString().slice(0, 10) };
    return this.day.name;
  }
}
