import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../support/api/api-client.js';
import { makeSamples, parametersOf, type Samples } from '../support/api/api-samples.js';
import { eventually } from '../support/eventually.js';
import { report } from '../support/security-report.js';
import { cleanUp } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'ignored_auth',
];
/** Requests for each operation, beside those that its schema asks for. */
const EXAMPLES = 30;
/** Its answer has no end; test/e2e/reports/events.e2e-spec.ts tests it. */
const ENDLESS = '/api/v1/events/stream';
const PATIENCE_MS = 900_000;

let server: SystemServer;
let api: ApiClient;
beforeAll(async () => {
  server = await SystemServer.start({ env: { REPORTS: 'on', RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_FAILED: '0' } });
  api = new ApiClient(server.baseUrl, server.apiKey);
  await eventually(
    () => api.call('get', '/api/v1/reports'),
    ({ status }) => status === 200,
  );
});
afterAll(cleanUp);

/** Tells it of objects that are there, so that it comes further than a 404. What is deleted it has to make itself. */
function configuration(paths: string[], samples: Samples): string {
  const operations = paths.flatMap((path) => {
    const known = parametersOf({ path }).map(({ kind, name }) => `"path.${name}" = "${samples.get(kind) ?? 'none'}"`);
    if (known.length === 0) return [];
    return `[[operations]]\ninclude-path = "${path}"\nexclude-method = "DELETE"\nparameters = { ${known.join(', ')} }\n`;
  });
  return `[auth.openapi.bearer]\nbearer = "${server.apiKey}"\n\n${operations.join('\n')}`;
}

async function run(args: string[]): Promise<{ output: string; exitCode: number | null }> {
  const child = spawn(process.env['SECURITY_TESTS_SCHEMATHESIS'] ?? 'st', args, {
    cwd: server.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { output, exitCode };
}

it(
  'Schemathesis finds no server error and no answer that is not documented',
  async () => {
    const { paths } = await api.document();
    const config = join(server.folder, 'schemathesis.toml');
    writeFileSync(config, configuration(Object.keys(paths), await makeSamples(api)));
    const url = `${server.baseUrl}/api/openapi.json`;
    const junit = join(server.folder, 'junit.xml');
    const options = [
      `--config-file ${config} run ${url} --checks ${CHECKS.join(',')} --max-examples ${EXAMPLES} --workers 2`,
      `--exclude-path ${ENDLESS}`,
      `--continue-on-failure --no-color --generation-database none --warnings off`,
      `--report junit --report-junit-path ${junit}`,
    ];
    const { output, exitCode } = await run(options.join(' ').split(' '));
    const [, tested = '0'] = /Tested: (\d+)/.exec(output) ?? [];
    const [, generated = '0'] = /(\d+) generated/.exec(output) ?? [];
    const [, failures = exitCode === 0 ? '0' : '1'] = /found (\d+) unique failures?/.exec(output) ?? [];
    report({ name: 'schemathesis', what: 'operations', tried: Number(tested), bad: Number(failures) });
    report({ name: 'schemathesis', what: 'requests', tried: Number(generated), bad: Number(failures) });
    expect(exitCode, output.slice(-20_000)).toBe(0);
    const { [ENDLESS]: _endless, ...others } = paths;
    expect(Number(tested)).toBe(Object.values(others).flatMap((path) => Object.keys(path)).length);
    expect(readFileSync(junit, 'utf8')).toContain('<testsuite');
  },
  PATIENCE_MS,
);
