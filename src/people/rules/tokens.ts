import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 as hex. Enough for a random token; a slow hash is for passwords. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
