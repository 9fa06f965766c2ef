import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const IS_PUBLIC = 'hopback:public';

/** A route that asks for no API key. Everything without this mark does. */
export function Public(): CustomDecorator {
  return SetMetadata(IS_PUBLIC, true);
}
