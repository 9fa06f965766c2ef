import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, getSchemaPath, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
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

/** Every route answers any error the same way, so it is said once and not on every route by hand. */
function describeErrors(document: OpenAPIObject): void {
  const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemResponse) } } };
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      if (operation) operation.responses['default'] = { description: 'Any error; see its `code`.', content };
    }
  }
}
