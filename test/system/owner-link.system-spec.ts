import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { cleanEnvironment, cleanUp, Program, ROOT } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const LINK = /http:\/\/localhost:\d+\/app\/welcome#(\S+)/;

afterAll(cleanUp);

/** The real script, without installing and building: another test uses the built program at the same time. */
async function ownerLink(server: SystemServer): Promise<string> {
  const text = readFileSync(join(ROOT, 'scripts', 'owner-link.mjs'), 'utf8')
    .replace("import { prepare } from './setup.mjs';", 'const prepare = () => undefined;')
    .replaceAll('../dist/', `${pathToFileURL(join(ROOT, 'dist')).href}/`);
  writeFileSync(join(server.folder, 'owner-link.mjs'), text);
  const env = cleanEnvironment({ PORT: String(server.port) });
  const script = new Program(process.execPath, ['owner-link.mjs'], { cwd: server.folder, env });
  expect(await script.exited, script.stderr).toBe(0);
  return LINK.exec(script.stdout)?.[1] ?? '';
}

async function signUp(server: SystemServer, token: string): Promise<number> {
  const body = { token, email: 'ann@brand.example', name: 'Ann', password: 'correct-horse-7-battery' };
  const headers = { 'content-type': 'application/json' };
  const url = `http://localhost:${server.port}/api/v1/auth/owner`;
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

it('a start without an owner prints the link of the first one; npm run owner-link makes others, while it runs', async () => {
  const server = await SystemServer.start();
  const printed = LINK.exec(server.program.stdout)?.[1] ?? '';
  expect(printed).toMatch(/^[0-9a-z]+\.[\w-]{43}$/);
  const page = await fetch(`http://localhost:${server.port}/app/welcome`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const later = await ownerLink(server);
  expect(await signUp(server, 'x'.repeat(50))).toBe(403);
  expect(await signUp(server, later)).toBe(200);
  expect([await signUp(server, printed), await signUp(server, await ownerLink(server))]).toEqual([409, 409]);
  await server.stop();
  const again = await SystemServer.start({ folder: server.folder, env: { PORT: String(server.port) } });
  expect(again.program.stdout).not.toContain('/app/welcome');
});
