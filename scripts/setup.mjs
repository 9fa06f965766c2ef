// Prepares a checkout: installs packages and builds the program. Uses only Node, because nothing is installed yet.
// Each step is skipped if the hash of its inputs has not changed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PACKAGES = join(root, 'node_modules');
const PACKAGES_STAMP = join(PACKAGES, '.hopback-packages');
const BUILD_STAMP = join(root, 'dist', '.hopback-build');
const DASHBOARD_STAMP = join(root, 'web', 'dist', '.hopback-build');

/** Ends the process with one line if this Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`hopback: Node ${process.versions.node} is too old: install Node 20.19 or newer.\n`);
  process.exit(1);
}

/** Prints `• step: result (seconds)`; ends the process with one line if the work throws. */
export function step(name, work) {
  const begin = performance.now();
  try {
    const result = work();
    process.stdout.write(`• ${name}: ${result} (${((performance.now() - begin) / 1000).toFixed(1)} s)\n`);
  } catch (error) {
    process.stderr.write(`hopback: ${name}: ${error.message}\n`);
    process.exit(1);
  }
}

export function installPackages() {
  // npm ci would empty the target of a symbolic link, which are the packages of another checkout.
  if (lstatSync(PACKAGES, { throwIfNoEntry: false })?.isSymbolicLink()) return 'those of another checkout';
  const wanted = hashOf(['package.json', 'package-lock.json']);
  if (readStamp(PACKAGES_STAMP) === wanted) return 'up to date';
  process.stdout.write('• Packages: installing, this takes a minute or so …\n');
  // Warnings about engines are expected: a few packages require Node 22, and are tested here on 20.
  npm(
    ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    'packages could not be installed; is the network up?',
  );
  writeFileSync(PACKAGES_STAMP, wanted);
  return 'installed';
}

export function build() {
  const sources = ['src', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'];
  const wanted = hashOf(sources);
  if (readStamp(BUILD_STAMP) === wanted) return 'up to date';
  run(
    process.execPath,
    [join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build'],
    'the program could not be built',
  );
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, wanted);
  return 'done';
}

export function buildDashboard() {
  const wanted = hashOf(['web/index.html', 'web/src', 'web/public', 'web/vite.config.ts', 'package-lock.json']);
  if (readStamp(DASHBOARD_STAMP) === wanted) return 'up to date';
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  run(process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], 'the dashboard could not be built');
  writeFileSync(DASHBOARD_STAMP, wanted);
  return 'done';
}

export function prepare() {
  checkNode();
  step('Packages', installPackages);
  step('Build', build);
  step('Dashboard', buildDashboard);
}

/** Runs a program in the checkout. On failure its output is shown, and `message` thrown. */
export function run(command, args, message) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return stdout;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  throw new Error(error ? `${message} (${error.message})` : message);
}

/** Runs a tool; prints a line with its time, or its output when it finds something. @returns whether it found nothing. */
export async function check(name, command, args) {
  const begin = performance.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [status] = await once(child, 'close');
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  process.stdout.write(status === 0 ? `• ${name}: clean (${seconds} s)\n` : `${output}\n• ${name}: see above\n`);
  return status === 0;
}

export const tool = (name) => join(root, 'node_modules', '.bin', name);

/** The npm that runs this script, if any. PATH may contain another one. */
function npm(args, message) {
  const cli = process.env.npm_execpath;
  if (cli && /\.c?js$/.test(cli)) run(process.execPath, [cli, ...args], message);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, message);
}

function hashOf(paths) {
  const hash = createHash('sha256').update(process.platform);
  for (const path of paths.flatMap(filesIn)) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function filesIn(path) {
  if (/\.[a-z]+$/.test(path)) return existsSync(join(root, path)) ? [path] : [];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) prepare();
