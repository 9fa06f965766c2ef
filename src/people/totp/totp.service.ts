import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { SealingKey } from '../../platform/secrets/sealing-key.service.js';
import { createTotpSetup, isTotpCode, matchTotp, totpIssuerOf, type TotpSetup } from '../rules/totp.js';

/** The stored authenticator app of a person. */
export interface SealedTotp {
  userId: string;
  sealedSecret: string;
  /** The step of the last accepted code. */
  lastStep: number | undefined;
}

/** Authenticator apps of people. Secrets are sealed with the secret key of the server. */
@Injectable()
export class TotpService {
  private readonly issuer: string;

  constructor(
    private readonly key: SealingKey,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.issuer = totpIssuerOf(settings.publicUrl);
  }

  /** A new secret, to be shown once and stored sealed. @throws WrongSecretKey when this instance has another key. */
  async create(userId: string, email: string): Promise<TotpSetup & { sealedSecret: string }> {
    const setup = createTotpSetup(this.issuer, email);
    return { ...setup, sealedSecret: await this.key.seal(setup.secret, { purpose: 'totp', ownerId: userId }) };
  }

  /**
   * The step whose code this is; `undefined` for a wrong or used code. Store the step in one write that demands an earlier
   * `lastStep`, so that of two requests with one code only one succeeds.
   * @throws WrongSecretKey when this instance has another key.
   */
  match({ userId, sealedSecret, lastStep }: SealedTotp, code: string, now: number): number | undefined {
    // A recovery code helps where the secret key is lost, so other texts need no key.
    if (!isTotpCode(code)) return undefined;
    const secret = this.key.unseal(sealedSecret, { purpose: 'totp', ownerId: userId });
    return matchTotp(secret, code, lastStep, now);
  }
}
