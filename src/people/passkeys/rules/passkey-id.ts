import { createHash } from 'node:crypto';

/** The id of a passkey in the API. Credential ids may have 1,364 characters, which is too long for a path. */
export function passkeyId(credentialId: string): string {
  return `psk_${createHash('sha256').update(credentialId).digest('base64url').slice(0, 22)}`;
}
