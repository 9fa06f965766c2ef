import { createHmac, timingSafeEqual } from 'node:crypto';

/** Lifetime of an unlock cookie. */
export const UNLOCKED_FOR_MS = 12 * 3_600_000;

/** The parts of a link that a token depends on. A new password has another hash, so it invalidates old tokens. */
export interface LockedLink {
  _id: string;
  passwordHash: string;
}

/** The value of an unlock cookie: expiry and MAC. @param expiresAt milliseconds since 1970. */
export function unlockToken(key: Buffer, link: LockedLink, expiresAt: number): string {
  const expiry = Math.floor(expiresAt / 1_000).toString(36);
  return `${expiry}.${mac(key, link, expiry).toString('base64url')}`;
}

/** Whether one of the cookies is a valid token for the link and its current password. */
export function holdsUnlockToken(key: Buffer, link: LockedLink, cookieHeader: string, now: number): boolean {
  const name = `${unlockCookieName(link)}=`;
  if (!cookieHeader.includes(name)) return false;
  return cookieHeader.split(';').some((pair) => {
    const cookie = pair.trimStart();
    return cookie.startsWith(name) && isValid(key, link, cookie.slice(name.length).trimEnd(), now);
  });
}

export function unlockCookieName({ _id }: Pick<LockedLink, '_id'>): string {
  return `hopback_${_id}`;
}

function isValid(key: Buffer, link: LockedLink, token: string, now: number): boolean {
  const [, expiry, signature] = /^([0-9a-z]{1,9})\.([\w-]{43})$/.exec(token) ?? [];
  if (expiry === undefined || signature === undefined) return false;
  if (!timingSafeEqual(Buffer.from(signature, 'base64url'), mac(key, link, expiry))) return false;
  return Number.parseInt(expiry, 36) * 1_000 > now;
}

function mac(key: Buffer, { _id, passwordHash }: LockedLink, expiry: string): Buffer {
  return createHmac('sha256', key).update(`${_id}\n${expiry}\n${passwordHash}`).digest();
}
