import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiForbiddenResponse, ApiUnprocessableEntityResponse, getSchemaPath } from '@nestjs/swagger';
import { PostbackAnswer } from './receive/receive-postback.dto.js';

/** Documents the answers 422 and 403 with a verdict. @param rejected the description of 422. */
export function ApiVerdicts(rejected: string): MethodDecorator {
  return verdicts(rejected, jsonAnswer());
}

/** Like `ApiVerdicts`, for routes whose answer may also be text. */
export function ApiVerdictsOrText(rejected: string): MethodDecorator {
  return verdicts(rejected, answerOrText());
}

/** The content types of a postback's answer: a verdict as JSON, or text if the network is set to that. */
export function answerOrText(): typeof TEXT & ReturnType<typeof jsonAnswer> {
  return { ...jsonAnswer(), ...TEXT };
}

const TEXT = { 'text/plain': { schema: { type: 'string' } } };

function jsonAnswer(): { 'application/json': { schema: { $ref: string } } } {
  return { 'application/json': { schema: { $ref: getSchemaPath(PostbackAnswer) } } };
}

function verdicts(rejected: string, content: ReturnType<typeof jsonAnswer>): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(PostbackAnswer),
    ApiUnprocessableEntityResponse({ description: rejected, content }),
    ApiForbiddenResponse({ description: 'Not allowed: see the postback log', content }),
  );
}
