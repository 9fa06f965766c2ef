import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { afterAll, expect, it } from 'vitest';
import { cleanUp } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

afterAll(cleanUp);

// Against the built program: only its OpenAPI document has the fields that the build reads from the sources.
it('the types of the dashboard’s API client are those of the OpenAPI document (renew them: npm run api:types)', async () => {
  const server = await SystemServer.start();
  const document = (await (await fetch(`${server.baseUrl}/api/openapi.json`)).json()) as OpenAPI3;
  const types = astToString(await openapiTS({ ...document, servers: [] }));
  await expect(types).toMatchFileSnapshot('../../web/src/api/openapi.d.ts');
});
