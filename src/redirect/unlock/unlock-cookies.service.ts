import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import { InstanceSecretsRepository } from '../../platform/secrets/instance-secrets.repository.js';
import { holdsUnlockToken, type LockedLink, UNLOCKED_FOR_MS, unlockCookieName, unlockToken } from './unlock-token.js';

/** Creates and checks the cookies of visitors who gave the right password. All instances on a database share the signing key. */
@Injectable()
export class UnlockCookies implements OnModuleInit {
  private key: Buffer;

  constructor(private readonly secrets: InstanceSecretsRepository) {}

  async onModuleInit(): Promise<void> {
    this.key = await this.secrets.obtain('unlock');
  }

  /** True also for a link without a password. @param cookieHeader as received; empty when there is none. */
  isUnlocked(link: CompiledLink, cookieHeader: string, now: number): boolean {
    const locked = lockOf(link);
    return locked === undefined || holdsUnlockToken(this.key, locked, cookieHeader, now);
  }

  /** The `Set-Cookie` value after the right password. @param path of the link, percent-encoded. */
  create(link: LockedLink, path: string, isSecure: boolean, now: number): string {
    const value = `${unlockCookieName(link)}=${unlockToken(this.key, link, now + UNLOCKED_FOR_MS)}`;
    const attributes = `Path=${path}; Max-Age=${UNLOCKED_FOR_MS / 1_000}; HttpOnly; SameSite=Lax`;
    return `${value}; ${attributes}${isSecure ? '; Secure' : ''}`;
  }
}

/** The parts of a link that unlock tokens depend on. `undefined` for a link without a password. */
export function lockOf(link: CompiledLink): LockedLink | undefined {
  const passwordHash = link.options?.passwordHash;
  return passwordHash === undefined ? undefined : { _id: link.id, passwordHash };
}
