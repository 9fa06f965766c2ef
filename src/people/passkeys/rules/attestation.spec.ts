import { isoCBOR } from '@simplewebauthn/server/helpers';
import { describe, expect, it } from 'vitest';
import { isWithoutCertificates } from './attestation.js';

type Statement = [string, string | string[]][];

const attestation = (fmt: string, statement: Statement): string => {
  const fields = new Map<string, unknown>([
    ['fmt', fmt],
    ['attStmt', new Map(statement)],
    ['authData', new Uint8Array(37)],
  ]);
  return Buffer.from(isoCBOR.encode(fields as never)).toString('base64url');
};

describe('an attestation', () => {
  it.each<[string, Statement, boolean]>([
    ['none', [], true],
    ['packed', [['sig', 'signed by the new key']], true],
    ['packed', [['x5c', ['a certificate']]], false],
    ['packed', [['x5c', []]], false],
    ['fido-u2f', [['x5c', ['a certificate']]], false],
    ['android-key', [['x5c', ['a certificate']]], false],
    ['android-safetynet', [['response', 'a token with certificates']], false],
    ['tpm', [['x5c', ['a certificate']]], false],
    ['apple', [['x5c', ['a certificate']]], false],
    ['unknown', [], false],
  ])('%s with %j', (format, statement, isAccepted) => {
    expect(isWithoutCertificates(attestation(format, statement))).toBe(isAccepted);
  });

  it.each(['', 'AAAA', '_____', 'A'.repeat(16_000), 'gYGBgYGB'])('that is no attestation throws: %.10s', (text) => {
    expect(() => isWithoutCertificates(text)).toThrow();
  });
});
