import { Injectable } from '@nestjs/common';
import { addressBlock, addressSite } from '../../platform/net/address-block.js';
import { DoublingWaits } from '../../platform/rate-limit/doubling-waits.js';
import { RateLimiterFactory } from '../../platform/rate-limit/rate-limiter-factory.service.js';
import type { SharedRateLimiter } from '../../platform/rate-limit/shared-rate-limiter.js';
import type { PasswordLane } from '../passwords/account-passwords.service.js';
import { accountKeyOf } from '../rules/email-address.js';

/** Attempts of a known device for its account before it has to wait. */
const FREE_OF_DEVICE = 10;
/** Attempts of all unknown devices for one account before they have to wait. */
const FREE_OF_ACCOUNT = 20;
const MEMORY_S = 60 * 60;
/** Attempts of unknown devices from one address, for all accounts. */
const PER_ADDRESS = 50;
/** The same for an IPv6 /48, which may have 65,536 networks of addresses. */
const PER_SITE = 200;
const ADDRESS_PERIOD_S = 10 * 60;

// src/people/sign-in: limits for guesses of passwords and codes. Start here; device-cookies.service.ts tells known devices
// from others, second-factor-throttle.service.ts and password-reset-throttle.service.ts limit codes and reset mails.

/** The origin of a sign-in attempt. */
export interface SignInSource {
  /** As typed. Accounts that do not exist are counted as well. */
  email: string;
  /** See `DeviceCookies.findDevice`; `undefined`: this device is not known to the account. */
  deviceId: string | undefined;
  address: string;
}

/** A counted attempt. */
export interface SignInAttempt {
  /** Seconds to wait before the next attempt. 0: this attempt is admitted. */
  waitSeconds: number;
  /** The queue for checking the password. */
  lane: PasswordLane;
}

/**
 * Limits sign-in attempts so that no attacker can lock out a known device. A known device has limits of its own for its
 * account, whatever others do and from whatever address. All other devices share the limits of the account and of their
 * address. All processes count together in Redis, and each alone while Redis is away.
 */
@Injectable()
export class SignInThrottle {
  private readonly ofDevice: DoublingWaits;
  private readonly ofAccount: DoublingWaits;
  private readonly ofAddress: SharedRateLimiter;
  private readonly ofSite: SharedRateLimiter;

  constructor(limiters: RateLimiterFactory) {
    // A process must not remember refusals, as another process may have forgiven them.
    const limiter = (name: string, points: number, periodSeconds: number): SharedRateLimiter =>
      limiters.create({ name: `sign-in:${name}`, points, periodSeconds, remembersRefusals: false });
    const waits = (name: string, free: number): DoublingWaits =>
      new DoublingWaits(limiter(name, free, MEMORY_S), limiter(`${name}-waits`, 1, 1), free);
    this.ofDevice = waits('device', FREE_OF_DEVICE);
    this.ofAccount = waits('account', FREE_OF_ACCOUNT);
    this.ofAddress = limiter('address', PER_ADDRESS, ADDRESS_PERIOD_S);
    this.ofSite = limiter('site', PER_SITE, ADDRESS_PERIOD_S);
  }

  /** Counts an attempt before the password is checked. */
  async count({ email, deviceId, address }: SignInSource): Promise<SignInAttempt> {
    const account = accountKeyOf(email);
    if (deviceId !== undefined) {
      const key = deviceKeyOf(account, deviceId);
      const { waitSeconds } = await this.ofDevice.count(key);
      return { waitSeconds, lane: { device: 'known', key } };
    }
    const lane: PasswordLane = { device: 'unknown', key: addressBlock(address) };
    const refused = await this.countOfAddress(address);
    if (refused > 0) return { waitSeconds: refused, lane };
    const { waitSeconds } = await this.ofAccount.count(account);
    return { waitSeconds, lane };
  }

  /**
   * To be called once after the right password, with the source that was counted. Earlier attempts of this device no longer
   * count. Of an unknown device only this attempt is forgiven, or people with one account could guess at others for ever.
   */
  async forgive({ email, deviceId, address }: SignInSource): Promise<void> {
    const account = accountKeyOf(email);
    if (deviceId !== undefined) return this.ofDevice.forget(deviceKeyOf(account, deviceId));
    const site = addressSite(address);
    await Promise.all([
      this.ofAccount.forgiveOne(account),
      this.ofAddress.current.reward(addressBlock(address), 1),
      site === undefined ? undefined : this.ofSite.current.reward(site, 1),
    ]);
  }

  /** An attempt that the address may not make does not count for the account. */
  private async countOfAddress(address: string): Promise<number> {
    const ofAddress = await this.ofAddress.consume(addressBlock(address));
    if (!ofAddress.isAdmitted) return ofAddress.resetSeconds;
    const site = addressSite(address);
    const ofSite = site === undefined ? undefined : await this.ofSite.consume(site);
    return ofSite === undefined || ofSite.isAdmitted ? 0 : ofSite.resetSeconds;
  }
}

function deviceKeyOf(account: string, deviceId: string): string {
  return `${account}:${deviceId}`;
}
