import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const IS_PUBLIC = 'hopback:public';

/** Marks a route that needs no API key. All other routes need one. */
export function Public(): CustomDecorator {
  return SetMetadata(IS_PUBLIC, true);
}
