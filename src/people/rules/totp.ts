import { timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** The parameters that every authenticator app takes (RFC 6238). */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
const PERIOD_MS = PARAMETERS.period * 1_000;
const SECRET_BYTES = 20;
/** Steps that a clock may be behind or ahead. */
const TOLERATED_STEPS = [-1, 0, 1];
const CODE = /^[0-9]{6}$/;

/** The values that an authenticator app needs. */
export interface TotpSetup {
  /** In Base32, to be typed into an app. */
  secret: string;
  /** `otpauth://…`, to be shown as a QR code. */
  uri: string;
}

/** A new random secret. @param issuer the site that the app shows. @param label the account, such as an e-mail address. */
export function createTotpSetup(issuer: string, label: string): TotpSetup {
  const secret = new Secret({ size: SECRET_BYTES });
  return { secret: secret.base32, uri: new TOTP({ ...PARAMETERS, issuer, label, secret }).toString() };
}

/** The site's name in an authenticator app. An address or a local name says nothing there. */
export function totpIssuerOf(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return /[a-z]\.[a-z]/i.test(hostname) ? hostname : 'Hopback';
}

/** Whether a text has the shape of a code. White space is ignored. */
export function isTotpCode(text: string): boolean {
  return CODE.test(withoutSpace(text));
}

/**
 * The step whose code this is: now, one before or one after. Store it as the next `lastStep`: no code is taken twice, and
 * none from before the last one.
 * @param secret in Base32.
 * @param code white space is ignored.
 * @param lastStep the step of the last accepted code; `undefined`: none yet.
 * @param now milliseconds since 1970.
 * @returns `undefined` when the code is wrong or no longer valid.
 */
export function matchTotp(secret: string, code: string, lastStep: number | undefined, now: number): number | undefined {
  const digits = withoutSpace(code);
  if (!CODE.test(digits)) return undefined;
  const totp = new TOTP({ ...PARAMETERS, secret: Secret.fromBase32(secret) });
  const current = Math.floor(now / PERIOD_MS);
  return TOLERATED_STEPS.map((distance) => current + distance)
    .filter((step) => step >= 0 && step > (lastStep ?? -1))
    .find((step) => timingSafeEqual(Buffer.from(totp.generate({ timestamp: step * PERIOD_MS })), Buffer.from(digits)));
}

function withoutSpace(code: string): string {
  return code.replace(/\s/g, '');
}
