import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiCanAnswer } from '../http/openapi/openapi-errors.js';

export const LIMITED_BY_ADDRESS = 'hopback:limited-by-address';

/** On a public route: limits its requests by address (RATE_LIMIT_ADDRESS). Never on redirects and postbacks. */
export function LimitedByAddress(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(LIMITED_BY_ADDRESS, true), ApiCanAnswer(429));
}
