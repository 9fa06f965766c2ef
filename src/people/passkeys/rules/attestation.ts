import { decodeAttestationObject } from '@simplewebauthn/server/helpers';

/**
 * Whether an attestation has no certificates. The library would fetch the revocation lists that certificates name, without
 * the checks of outgoing requests. With attestation `none`, browsers send the formats `none` and self-signed `packed`.
 * @param attestationObject base64url.
 * @throws Error when it cannot be decoded.
 */
export function isWithoutCertificates(attestationObject: string): boolean {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
  const format = decoded.get('fmt');
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
}
