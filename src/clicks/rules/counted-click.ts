import type { CountedClick } from '../../counters/rules/click-aggregate.js';
import { variantKey } from '../../platform/vocabulary/variant-key.js';
import type { Click } from '../click.schema.js';
import { trafficSource } from './traffic-source.js';

type Countable = Pick<
  Click,
  | 'workspaceId'
  | 'linkId'
  | 'at'
  | 'botReason'
  | 'isUnique'
  | 'country'
  | 'region'
  | 'city'
  | 'device'
  | 'os'
  | 'browser'
  | 'inApp'
  | 'language'
  | 'referrerHost'
  | 'rule'
  | 'variant'
  | 'query'
>;

/** Selects the facts of a stored click that reports count. */
export function countedClick(click: Countable): CountedClick {
  const { workspaceId, linkId, at, botReason, isUnique } = click;
  const { country, region, city, device, os, browser, inApp, language, referrerHost, rule, variant } = click;
  return {
    workspaceId,
    linkId,
    at,
    kind: botReason === undefined ? 'human' : 'bot',
    isUnique,
    dimensions: {
      country,
      region: region === undefined ? undefined : `${country}-${region}`,
      city: city === undefined ? undefined : `${country}-${city}`,
      device,
      os,
      browser,
      inApp,
      language,
      referrer: referrerHost,
      source: trafficSource(click.query),
      rule,
      variant: variant === undefined ? undefined : variantKey(rule, variant),
    },
  };
}
