import { createHash } from 'node:crypto';
import { customAlphabet } from 'nanoid';

/** Without characters that look alike: 0 and o, 1, i and l. Twelve of them are 59 bits. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 3;
const GROUP_LENGTH = 4;
export const RECOVERY_CODE_COUNT = 10;

const SHAPE = new RegExp(`^[${ALPHABET}]{${GROUPS * GROUP_LENGTH}}$`);
const randomGroup = customAlphabet(ALPHABET, GROUP_LENGTH);

/** New codes such as `h4ke-7pwn-m2xd`, to be shown once. Each replaces one code of an authenticator app. */
export function createRecoveryCodes(): string[] {
  const codes = new Set<string>();
  while (codes.size < RECOVERY_CODE_COUNT) codes.add(Array.from({ length: GROUPS }, () => randomGroup()).join('-'));
  return [...codes];
}

/**
 * The form in which a code is stored, and by which it is found and removed when it is used. A random secret needs no slow
 * hash. @param code in any case, with any separators. @returns `undefined` for a text that is not a recovery code.
 */
export function hashRecoveryCode(userId: string, code: string): string | undefined {
  const plain = code.toLowerCase().replace(/[\s\p{Pd}_.]/gu, '');
  if (!SHAPE.test(plain)) return undefined;
  return createHash('sha256').update(`hopback-recovery-code\n${userId}\n${plain}`).digest('base64url');
}
