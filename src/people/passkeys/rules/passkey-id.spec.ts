import fc from 'fast-check';
import { expect, it } from 'vitest';
import { passkeyId } from './passkey-id.js';

it('is short, fit for a path, always the same, and another one for each credential', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 1_364 }), fc.string({ maxLength: 1_364 }), (one, other) => {
      expect(passkeyId(one)).toMatch(/^psk_[A-Za-z0-9_-]{22}$/);
      expect(passkeyId(one) === passkeyId(other)).toBe(one === other);
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) },
  );
});
