import { Matches } from 'class-validator';

/** A name of a query parameter that needs no percent-encoding. */
export function IsParamName(): PropertyDecorator {
  return Matches(/^[\w.~-]{1,64}$/, { message: '$property has 1 to 64 letters, digits or any of _ . ~ -' });
}
