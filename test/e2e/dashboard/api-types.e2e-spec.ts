import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { expect, it } from 'vitest';
import { TestApp } from '../../support/test-app.js';

it('the types of the dashboard’s API client are those of the OpenAPI document (renew them: npm run api:types)', async () => {
  const app = await TestApp.start();
  try {
    const document = (await (await fetch(`${app.baseUrl}/api/openapi.json`)).json()) as OpenAPI3;
    const types = astToString(await openapiTS({ ...document, servers: [] }));
    await expect(types).toMatchFileSnapshot('../../../web/src/api/openapi.d.ts');
  } finally {
    await app.close();
  }
});
