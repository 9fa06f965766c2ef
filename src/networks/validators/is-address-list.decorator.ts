import { buildMessage, ValidateBy } from 'class-validator';
import { parseIpRange } from '../../platform/net/ip-range.js';

const MAX_ENTRIES = 100;

/** A list of IP addresses and CIDRs, v4 or v6. */
export function IsAddressList(): PropertyDecorator {
  return ValidateBy({
    name: 'isAddressList',
    validator: {
      validate: (value: unknown) => Array.isArray(value) && value.length <= MAX_ENTRIES && value.every(isAddressOrCidr),
      defaultMessage: buildMessage(
        (each) => `${each}$property must be a list of at most ${MAX_ENTRIES} addresses or CIDRs such as 203.0.113.0/24`,
      ),
    },
  });
}

function isAddressOrCidr(entry: unknown): boolean {
  return typeof entry === 'string' && parseIpRange(entry) !== undefined;
}
