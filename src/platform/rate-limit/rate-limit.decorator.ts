import { type CustomDecorator, SetMetadata } from '@nestjs/common';

export const LIMITED_BY_ADDRESS = 'hopback:limited-by-address';

/** On a public route: an address may ask it only so often (RATE_LIMIT_ADDRESS). Never on redirects and postbacks. */
export function LimitedByAddress(): CustomDecorator {
  return SetMetadata(LIMITED_BY_ADDRESS, true);
}
