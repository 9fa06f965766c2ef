import { type CustomDecorator, SetMetadata } from '@nestjs/common';

export const SHOWS_MONEY = 'hopback:shows-money';
export const SHOWS_LINKS = 'hopback:shows-links';

/**
 * How a route obeys `Restrictions.hidesMoney`. `never`: its answers have no amounts. `masked`: its answers are JSON, in which
 * `null` replaces the amounts, and it refuses requests that write amounts. `left_out`: its handler leaves them out.
 */
export type MoneyShown = 'never' | 'masked' | 'left_out';

/** How a route obeys `Restrictions.linkLimits`. `never`: it shows and changes nothing of links. `within_limits`: its handler keeps them. */
export type LinksShown = 'never' | 'within_limits';

/** A route without it refuses callers that may not see money. */
export function ShowsMoney(shown: MoneyShown): CustomDecorator {
  return SetMetadata(SHOWS_MONEY, shown);
}

/** A route without it refuses callers that may only work with some links. */
export function ShowsLinks(shown: LinksShown): CustomDecorator {
  return SetMetadata(SHOWS_LINKS, shown);
}
