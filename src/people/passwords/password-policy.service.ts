import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { CommonPasswords } from '../rules/common-passwords.js';
import { findPasswordProblems, type PasswordOwner, type PasswordProblem } from '../rules/password-policy.js';

/** Checks new passwords of people. The list of common passwords takes some 10 MB, so it is loaded at the first check. */
@Injectable()
export class PasswordPolicy {
  private readonly publicHost: string;
  private commonPasswords: Promise<CommonPasswords> | undefined;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.publicHost = new URL(settings.publicUrl).hostname;
  }

  /** @returns all problems of a new password; none: it may be used. */
  async findProblems(password: string, owner: Omit<PasswordOwner, 'publicHost'>): Promise<PasswordProblem[]> {
    this.commonPasswords ??= loadCommonPasswords();
    return findPasswordProblems(password, { ...owner, publicHost: this.publicHost }, await this.commonPasswords);
  }
}

async function loadCommonPasswords(): Promise<CommonPasswords> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new CommonPasswords(dictionary['passwords-common']);
}
