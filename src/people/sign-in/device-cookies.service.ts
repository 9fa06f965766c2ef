import { randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { InstanceSecretsRepository } from '../../platform/secrets/instance-secrets.repository.js';
import { findCookie, formatCookie, type HostCookie, hostCookie } from '../rules/cookies.js';
import { DEVICE_COOKIE_DAYS, findMarkedDevice, markDevice } from '../rules/device-token.js';
import { accountKeyOf } from '../rules/email-address.js';

const DEVICE_ID_BYTES = 16;

/**
 * A device cookie says that the account signed in with this browser before. It gives no access; sign-in attempts
 * of known devices are only counted apart from those of all others. All instances on a database share the signing key.
 */
@Injectable()
export class DeviceCookies implements OnModuleInit {
  private readonly cookie: HostCookie;
  private key: Buffer;

  constructor(
    private readonly secrets: InstanceSecretsRepository,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.cookie = hostCookie('hopback-device', settings.publicUrl);
  }

  async onModuleInit(): Promise<void> {
    this.key = await this.secrets.obtain('device-cookie');
  }

  /** The id of the device, if it is known to the account. @param cookieHeader as received; empty when there is none. */
  findDevice(cookieHeader: string, email: string, now: number): string | undefined {
    const token = findCookie(cookieHeader, this.cookie);
    return token === undefined ? undefined : findMarkedDevice(this.key, token, accountKeyOf(email), now);
  }

  /** The `Set-Cookie` value after a complete sign-in. */
  create(cookieHeader: string, email: string, now: number): string {
    const newDeviceId = randomBytes(DEVICE_ID_BYTES).toString('base64url');
    const present = findCookie(cookieHeader, this.cookie);
    const token = markDevice(this.key, present, { accountKey: accountKeyOf(email), newDeviceId, now });
    return formatCookie(this.cookie, token, DEVICE_COOKIE_DAYS * 86_400);
  }
}
