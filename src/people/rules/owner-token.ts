import { createHmac, timingSafeEqual } from 'node:crypto';

const VALID_MS = 24 * 3_600_000;
const TOKEN = /^([0-9a-z]{1,9})\.([\w-]{43})$/;

/**
 * The token of the link with which the first owner signs up: expiry and MAC. It needs no database, so a script on the machine
 * can make one. That an owner exists ends all of them.
 * @param secretKey of the server. @param now milliseconds since 1970.
 */
export function ownerToken(secretKey: string, now: number): string {
  const expiry = Math.floor((now + VALID_MS) / 1_000).toString(36);
  return `${expiry}.${mac(secretKey, expiry).toString('base64url')}`;
}

export function isOwnerToken(secretKey: string, token: string, now: number): boolean {
  const [, expiry, signature] = TOKEN.exec(token) ?? [];
  if (expiry === undefined || signature === undefined) return false;
  if (!timingSafeEqual(Buffer.from(signature, 'base64url'), mac(secretKey, expiry))) return false;
  return Number.parseInt(expiry, 36) * 1_000 > now;
}

function mac(secretKey: string, expiry: string): Buffer {
  return createHmac('sha256', secretKey).update(`hopback-owner\n${expiry}`).digest();
}
