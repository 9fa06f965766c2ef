import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { createRecoveryCodes, hashRecoveryCode } from '../rules/recovery-codes.js';
import { TotpService } from '../totp/totp.service.js';
import type { User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';

/** A new secret for an authenticator app. It is shown once. */
export interface ShownTotp {
  /** Base32, for typing it in. */
  secret: string;
  /** `otpauth://…`, for a QR code. */
  uri: string;
}

// src/people/second-factor: authenticator apps and recovery codes of people. Start here; my-totp.controller.ts is the API,
// ../rules/totp.ts and ../rules/recovery-codes.ts have the codes.

/** Sets up and uses the second factor of a person. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly users: UsersRepository,
    private readonly totp: TotpService,
  ) {}

  /** Creates a secret, which works once its first code is confirmed. */
  async begin({ _id, email }: User): Promise<ShownTotp> {
    const { secret, uri, sealedSecret } = await this.totp.create(_id, email);
    await this.users.updateOne(_id, { $set: { unconfirmedTotp: sealedSecret } });
    return { secret, uri };
  }

  /** @returns the recovery codes, which are shown once. @throws ProblemException 422 for a wrong code, 409 without a secret. */
  async confirm({ _id: userId, unconfirmedTotp: sealedSecret }: User, code: string): Promise<string[]> {
    if (sealedSecret === undefined) throw new ProblemException('conflict', 'There is no new secret: begin again.');
    const step = this.totp.match({ userId, sealedSecret, lastStep: undefined }, code, Date.now());
    if (step === undefined) throw ProblemException.invalid(WRONG_CODE);
    const { codes, hashes } = newCodes(userId);
    const totp = { secret: sealedSecret, confirmedAt: new Date(), lastStep: step };
    const update = { $set: { totp, recoveryCodes: hashes }, $unset: { unconfirmedTotp: 1 } };
    const stored = await this.users.updateOne(userId, update, { condition: { unconfirmedTotp: sealedSecret } });
    if (stored === undefined) throw new ProblemException('conflict', 'Another secret was made meanwhile: begin again.');
    return codes;
  }

  /** @returns new recovery codes; the old ones end. @throws ProblemException 409 without an authenticator app. */
  async renewRecoveryCodes({ _id: userId }: User): Promise<string[]> {
    const { codes, hashes } = newCodes(userId);
    const condition = { totp: { $ne: null } };
    if (await this.users.updateOne(userId, { $set: { recoveryCodes: hashes } }, { condition })) return codes;
    throw new ProblemException('conflict', 'Recovery codes are for people with an authenticator app: add one first.');
  }

  /** @returns whether there was an app. */
  async remove(userId: string): Promise<boolean> {
    const update = { $unset: { totp: 1 as const, recoveryCodes: 1 as const, unconfirmedTotp: 1 as const } };
    return (await this.users.updateOne(userId, update, { condition: { totp: { $ne: null } } })) !== undefined;
  }

  /** Uses a code of the app or a recovery code, each once. @returns `undefined` for a wrong or used code. */
  async use(user: User, code: string): Promise<'app' | 'recovery-code' | undefined> {
    if (await this.useAppCode(user, code)) return 'app';
    return (await this.useRecoveryCode(user, code)) ? 'recovery-code' : undefined;
  }

  /** One write demands an earlier step, so that of two requests with one code only one succeeds. */
  private async useAppCode({ _id: userId, totp }: User, code: string): Promise<boolean> {
    if (totp === undefined) return false;
    const { secret: sealedSecret, lastStep } = totp;
    const step = this.totp.match({ userId, sealedSecret, lastStep }, code, Date.now());
    if (step === undefined) return false;
    const condition = { 'totp.secret': sealedSecret, 'totp.lastStep': { $lt: step } };
    return (await this.users.updateOne(userId, { $set: { 'totp.lastStep': step } }, { condition })) !== undefined;
  }

  private async useRecoveryCode({ _id: userId }: User, code: string): Promise<boolean> {
    const hash = hashRecoveryCode(userId, code);
    if (hash === undefined) return false;
    const condition = { recoveryCodes: hash };
    return (await this.users.updateOne(userId, { $pull: { recoveryCodes: hash } }, { condition })) !== undefined;
  }
}

function newCodes(userId: string): { codes: string[]; hashes: string[] } {
  const codes = createRecoveryCodes();
  return { codes, hashes: codes.flatMap((code) => hashRecoveryCode(userId, code) ?? []) };
}

const WRONG_CODE = {
  path: 'code',
  code: 'wrong_code',
  message: 'this is not the code of now: check the clock of your phone, and use the next code',
};
