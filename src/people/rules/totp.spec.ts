import fc from 'fast-check';
import { Secret, TOTP, URI } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { createTotpSetup, matchTotp, totpIssuerOf } from './totp.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
/** The secret of RFC 6238, appendix B. */
const RFC_SECRET = Secret.fromUTF8('12345678901234567890').base32;

const codeAt = (secret: string, now: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });

describe('matchTotp', () => {
  // The last six of the eight digits of the RFC.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('knows the code of RFC 6238 at %s s', (seconds, code) => {
    const step = Math.floor(seconds / 30);
    expect(matchTotp(RFC_SECRET, code, undefined, seconds * 1_000)).toBe(step);
    expect(matchTotp(RFC_SECRET, code, step, seconds * 1_000)).toBeUndefined();
  });

  it.each(['287 082', ' 287082\n', '2 8 7 0 8 2'])('ignores the white space of %j', (code) =>
    expect(matchTotp(RFC_SECRET, code, undefined, 59_000)).toBe(1),
  );

  it.each(['', '28708', '2870820', '94287082', '287082a', '-87082', '+287082', '٢٨٧٠٨٢'])('refuses %j', (code) =>
    expect(matchTotp(RFC_SECRET, code, undefined, 59_000)).toBeUndefined(),
  );

  it('takes the clock of an app that is up to one step off, and no more', () => {
    const now = 1_800_000_015_000;
    const step = now / 30_000 - 0.5;
    const offsets = [-2, -1, 0, 1, 2].map((off) =>
      matchTotp(RFC_SECRET, codeAt(RFC_SECRET, now + off * 30_000), undefined, now),
    );
    expect(offsets).toEqual([undefined, step - 1, step, step + 1, undefined]);
  });

  it('takes each code once, and none from before the last one', () => {
    const times = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 30 });
    const start = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(start, times, fc.infiniteStream(fc.integer({ min: -45, max: 45 })), (first, waits, clocks) => {
        const { secret } = createTotpSetup('Hopback', 'mia@example.com');
        const accepted: number[] = [];
        let now = first;
        for (const wait of waits) {
          now += wait * 1_000;
          const shown = Math.max(0, now + Number(clocks.next().value) * 1_000);
          const step = matchTotp(secret, codeAt(secret, shown), accepted.at(-1), now);
          if (step === undefined) continue;
          expect(step).toBeGreaterThan(accepted.at(-1) ?? -1);
          expect(Math.abs(step - Math.floor(now / 30_000))).toBeLessThanOrEqual(1);
          expect(matchTotp(secret, codeAt(secret, shown), step, now)).not.toBe(step);
          accepted.push(step);
        }
        expect(accepted).toEqual([...new Set(accepted)].toSorted((a, b) => a - b));
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    );
  });

  it('takes the present code of any secret, and hardly ever that of another', () => {
    let mistaken = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (now) => {
        const [one, two] = [createTotpSetup('a', 'b').secret, createTotpSetup('a', 'b').secret];
        expect(matchTotp(one, codeAt(one, now), undefined, now)).toBe(Math.floor(now / 30_000));
        if (matchTotp(two, codeAt(one, now), undefined, now) !== undefined) mistaken++;
      }),
      { numRuns },
    );
    expect(mistaken).toBeLessThanOrEqual(2);
  });
});

describe('createTotpSetup', () => {
  it('makes a URI that apps read', () => {
    const { secret, uri } = createTotpSetup('go.example.com', 'mia+links@example.com');
    expect(uri).toMatch(/^otpauth:\/\/totp\/go\.example\.com:mia%2Blinks%40example\.com\?/);
    expect(URI.parse(uri)).toMatchObject({
      issuer: 'go.example.com',
      label: 'mia+links@example.com',
      algorithm: 'SHA1',
      digits: 6,
      period: 30,
    });
    expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
    expect(createTotpSetup('a', 'b').secret).not.toBe(secret);
  });

  it.each([
    ['https://go.example.com', 'go.example.com'],
    ['https://go.example.com:8443', 'go.example.com'],
    ['http://localhost:3000', 'Hopback'],
    ['http://192.0.2.1', 'Hopback'],
    ['http://[2001:db8::1]:3000', 'Hopback'],
  ])('names the site of %s %s', (publicUrl, issuer) => expect(totpIssuerOf(publicUrl)).toBe(issuer));
});
