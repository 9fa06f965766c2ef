import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts text so that only a holder of the secret can read it; base64.
 * @param context what the text belongs to. It is not stored, and unsealing needs the same.
 */
export function seal(text: string, secret: string, context = ''): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyFrom(secret), iv);
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

/** @throws Error when the secret or the context is another one, or the text was changed. */
export function unseal(sealed: string, secret: string, context = ''): string {
  const bytes = Buffer.from(sealed, 'base64');
  // Without a given length, Node also takes a tag that was cut to four bytes.
  const decipher = createDecipheriv(ALGORITHM, keyFrom(secret), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}

/** Secrets are random or long, so a hash without stretching is enough. */
function keyFrom(secret: string): Buffer {
  return createHash('sha256').update('hopback-seal\n').update(secret).digest();
}
