import type { PrivacySettings } from '../../workspaces/settings/workspace-settings.js';
import type { SpooledClick } from '../rules/click-record.js';
import type { Click } from '../click.schema.js';
import { truncateAddress } from '../../platform/net/truncate-address.js';

const DAY_MS = 86_400_000;
/** Parameters that are needed for counting and payment. They name a campaign, not a person. */
const KEPT_PARAMETER = /^(?:sub(?:[1-9]|10)|utm_[a-z_]+)$/;

/**
 * Sets the address of a click as the workspace keeps it. If the visitor asked not to be tracked and the workspace honours that,
 * removes the personal data instead. Id, country and kind of device are always kept.
 * @param now milliseconds since 1970. Clicks may have waited in the spool, so it is not their time.
 */
export function protectClick(
  click: Click,
  { ip, flags }: SpooledClick,
  { ipDays, honourDoNotTrack }: PrivacySettings,
  now: number,
): void {
  if (honourDoNotTrack && flags.isPrivate) {
    removePersonalData(click);
    return;
  }
  if (ipDays === 0 || ip === '') return;
  click.isIpFull = click.at.getTime() > now - ipDays * DAY_MS ? true : undefined;
  click.ip = click.isIpFull ? ip : truncateAddress(ip);
}

function removePersonalData(click: Click): void {
  click.isPrivate = true;
  click.userAgent = '';
  click.referrer = undefined;
  click.city = undefined;
  click.asn = undefined;
  click.query = click.query.filter(({ name }) => KEPT_PARAMETER.test(name));
  // Different in each click, so that no two clicks can be linked.
  click.visitorKey = `private:${click._id}`;
}
