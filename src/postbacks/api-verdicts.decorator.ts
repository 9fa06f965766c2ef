import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiForbiddenResponse, ApiUnprocessableEntityResponse, getSchemaPath } from '@nestjs/swagger';
import { PostbackAnswer } from './receive/receive-postback.dto.js';

/** Describes the answers to a request that is refused with a verdict. @param rejected what 422 means. */
export function ApiVerdicts(rejected: string): MethodDecorator {
  return verdicts(rejected, jsonAnswer());
}

/** As `ApiVerdicts`; a network may also want its answer as text. */
export function ApiVerdictsOrText(rejected: string): MethodDecorator {
  return verdicts(rejected, answerOrText());
}

/** The contents of a postback's answer: a verdict, or the text that its network wants. */
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
