import type { PrivacySettings } from '../../workspaces/settings/workspace-settings.js';
import type { SpooledClick } from '../rules/click-record.js';
import type { Click } from '../click.schema.js';
import { truncateAddress } from '../../platform/net/truncate-address.js';

const DAY_MS = 86_400_000;
/** What is needed to count and to pay, and names a campaign rather than a person. */
const KEPT_PARAMETER = /^(?:sub(?:[1-9]|10)|utm_[a-z_]+)$/;

/**
 * Gives a click its address, as far as the workspace keeps it, or takes away what is personal, where who clicked asked not to be
 * tracked and the workspace heeds that. The click itself, its id, its country and its kind of device stay in any case.
 * @param now milliseconds since 1970: clicks may have waited in the spool.
 */
export function protectClick(
  click: Click,
  { ip, flags }: SpooledClick,
  { ipDays, honourDoNotTrack }: PrivacySettings,
  now: number,
): void {
  if (honourDoNotTrack && flags.isPrivate) {
    takeAwayPersonal(click);
    return;
  }
  if (ipDays === 0 || ip === '') return;
  click.isIpFull = click.at.getTime() > now - ipDays * DAY_MS ? true : undefined;
  click.ip = click.isIpFull ? ip : truncateAddress(ip);
}

function takeAwayPersonal(click: Click): void {
  click.isPrivate = true;
  click.userAgent = '';
  click.referrer = undefined;
  click.city = undefined;
  click.asn = undefined;
  click.query = click.query.filter(({ name }) => KEPT_PARAMETER.test(name));
  // Its own: no two clicks can be joined by it. So nobody is known to have been here before.
  click.visitorKey = `private:${click._id}`;
}
