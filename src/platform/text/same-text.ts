import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in a time that reveals nothing about either text, including its length. */
export function isSameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
