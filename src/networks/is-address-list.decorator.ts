import { buildMessage, ValidateBy } from 'class-validator';
import ipaddr from 'ipaddr.js';

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
  if (typeof entry !== 'string' || entry.length > 64) return false;
  const [address = '', length, ...rest] = entry.split('/');
  // The library takes `1` and `0x7f.1` for addresses as well.
  const isAddress =
    ipaddr.IPv4.isValidFourPartDecimal(address) || (address.includes(':') && ipaddr.IPv6.isValid(address));
  if (!isAddress || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && ipaddr.isValidCIDR(entry));
}
