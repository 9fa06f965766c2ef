import { createHmac, timingSafeEqual } from 'node:crypto';

/** The longest time for which browsers keep a cookie. */
export const DEVICE_COOKIE_DAYS = 400;
const DAY_MS = 86_400_000;
const VERSION = '1';
/** Accounts that one browser may be known to. */
const MAX_ACCOUNTS = 5;
const MAC_LENGTH = 22;
const DEVICE_ID = /^[\w-]{22}$/;
/** The day on which it expires in base 36, and a MAC of 128 bits. */
const MARK = /^[0-9a-z]{3}[\w-]{22}$/;

/** A device cookie: the device, and a mark of each account that signed in on it. */
interface DeviceToken {
  deviceId: string;
  marks: string[];
}

/**
 * The device of a cookie that a sign-in to this account has marked; `undefined` for all others.
 * @param accountKey see `accountKeyOf`.
 */
export function findMarkedDevice(key: Buffer, token: string, accountKey: string, now: number): string | undefined {
  const { deviceId, marks } = readToken(token) ?? { deviceId: '', marks: [] };
  return marks.some((mark) => isValid(key, mark, deviceId, accountKey, now)) ? deviceId : undefined;
}

/**
 * The cookie after a sign-in to this account. The device keeps its id and the marks of other accounts.
 * @param token the present cookie, if there is one. @param newDeviceId 22 random characters for a device without cookie.
 */
export function markDevice(
  key: Buffer,
  token: string | undefined,
  { accountKey, newDeviceId, now }: { accountKey: string; newDeviceId: string; now: number },
): string {
  const { deviceId, marks } = readToken(token ?? '') ?? { deviceId: newDeviceId, marks: [] };
  const others = marks.filter((mark) => !isValid(key, mark, deviceId, accountKey, now) && !isExpired(mark, now));
  const expiryDay = (Math.floor(now / DAY_MS) + DEVICE_COOKIE_DAYS).toString(36);
  const own = expiryDay + macOf(key, expiryDay, deviceId, accountKey);
  return [VERSION, deviceId, own, ...others.slice(0, MAX_ACCOUNTS - 1)].join('.');
}

function readToken(token: string): DeviceToken | undefined {
  const [version, deviceId = '', ...marks] = token.split('.', 2 + MAX_ACCOUNTS);
  if (version !== VERSION || !DEVICE_ID.test(deviceId) || !marks.every((mark) => MARK.test(mark))) return undefined;
  return { deviceId, marks };
}

function isValid(key: Buffer, mark: string, deviceId: string, accountKey: string, now: number): boolean {
  const mac = macOf(key, mark.slice(0, -MAC_LENGTH), deviceId, accountKey);
  return timingSafeEqual(Buffer.from(mark.slice(-MAC_LENGTH)), Buffer.from(mac)) && !isExpired(mark, now);
}

function isExpired(mark: string, now: number): boolean {
  return Number.parseInt(mark.slice(0, -MAC_LENGTH), 36) * DAY_MS <= now;
}

function macOf(key: Buffer, expiryDay: string, deviceId: string, accountKey: string): string {
  const text = [VERSION, expiryDay, deviceId, accountKey].join('\n');
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, MAC_LENGTH);
}
