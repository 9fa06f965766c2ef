import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeErrors } from './openapi-errors.js';
import { ProblemResponse } from './problem.dto.js';

/** Serves the OpenAPI document at /api/openapi.json and readable docs at /api/docs. */
export function serveOpenApi(app: INestApplication): void {
  const info = new DocumentBuilder()
    .setTitle('Hopback')
    .setDescription(
      'Branded short links, their clicks, and the conversions that networks post back. Errors are problem+json (RFC 9457).',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key.' })
    .build();
  // Made when it is first asked for: a start need not wait for it.
  const describe = (): OpenAPIObject => {
    const document = SwaggerModule.createDocument(app, info, { extraModels: [ProblemResponse] });
    describeErrors(document);
    return document;
  };
  SwaggerModule.setup('api/docs', app, describe, {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Hopback API',
    swaggerOptions: { persistAuthorization: true, tagsSorter: 'alpha' },
  });
}
