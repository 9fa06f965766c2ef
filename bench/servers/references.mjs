// Starts the servers that Hopback is compared with.
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findProgram, onCore } from '../support/machine.mjs';
import { Program, unusedPort } from '../support/program.mjs';
import { nginxCommand } from './nginx.mjs';

export const TITLES = {
  bare: 'node:http, constant 302 (the base)',
  map: 'node:http, Map, random id, a line in a file per click',
  fastify: 'Fastify, constant 302',
  nest: 'Nest + Fastify controller, constant 302',
  nginx: 'nginx, return 302',
  'nginx-log': 'nginx, map of slugs, access_log line per click',
  insert: 'node:http, one document inserted a request, w: majority, journalled',
  hopback: 'Hopback as it ships, click safe before the answer',
};

const START_PATIENCE_MS = 15_000;

/**
 * @param {keyof typeof TITLES} name
 * @param {{core: number | undefined, traffic: import('../load/traffic.mjs').Traffic, env?: Record<string, string>}} setup
 * @returns {Promise<{name: string, port: number, stop: () => Promise<void>} | undefined>} undefined: nginx is not installed
 */
export async function startReference(name, { core, traffic, env = {} }) {
  const port = await unusedPort();
  const command = name.startsWith('nginx') ? nginxFor(name, port, traffic) : [process.execPath, scriptOf(name)];
  if (command === undefined) return undefined;
  const { folder, slugsFile } = traffic;
  const program = new Program(onCore(core, command), {
    cwd: folder,
    env: {
      ...process.env,
      PORT: String(port),
      SLUGS_FILE: slugsFile,
      CLICKS_FILE: join(folder, `clicks-${port}.log`),
      ...env,
    },
  });
  await listening(port, program);
  return { name, port, stop: () => program.stop(2_000) };
}

function nginxFor(name, port, { folder, slugs }) {
  const nginx = findProgram('nginx');
  return nginx && nginxCommand(nginx, { folder, port, slugs, withLog: name === 'nginx-log' });
}

function scriptOf(name) {
  return fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
}

/** nginx does not say when it is ready, so all are asked. */
async function listening(port, program) {
  for (const end = Date.now() + START_PATIENCE_MS; Date.now() < end; await sleep(20)) {
    if (await accepts(port)) return;
  }
  throw new Error(`${program.name} does not listen:\n${program.output}`);
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
