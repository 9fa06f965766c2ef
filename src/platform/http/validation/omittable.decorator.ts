import { ValidateIf } from 'class-validator';

/** A field that may be left out, but not be null. (`@IsOptional()` lets null through: right for what can be cleared.) */
export function Omittable(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
