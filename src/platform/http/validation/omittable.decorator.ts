import { ValidateIf } from 'class-validator';

/** A field that may be left out, but not be null. (`@IsOptional()` accepts null, which is right for fields that can be cleared.) */
export function Omittable(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
