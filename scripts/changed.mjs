// npm run test:changed: the checks and tests that a change touches, in under a minute. npm test has the last word.
//   npm run test:changed                 uncommitted changes, and commits that origin/main does not have (without one: the last)
//   npm run test:changed -- --base REF   all that differs from REF
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { check, checkNode, installPackages, root, step, tool } from './setup.mjs';

const USAGE = 'usage: npm run test:changed -- [--base REF]';
/** Seconds of tests on one core that the e2e files may take together: two run at a time. */
const E2E_SECONDS = 50;
/** For a file whose time is not known yet. */
const UNKNOWN_SECONDS = 3;
/** Folders of test/e2e for folders of src that have none of their own. */
const E2E_FOLDERS = { edge: 'redirect', reports: 'links', runtime: 'platform' };
const IMPORTS_A_CHANGE = 100;
/** Each property is tried with fewer values than by npm test. */
const PROPERTY_RUNS = '100';

function git(...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? stdout : undefined;
}

function fail(message) {
  process.stderr.write(`hopback: ${message}\n${USAGE}\n`);
  process.exit(1);
}

function readBase() {
  try {
    const { base } = parseArgs({ options: { base: { type: 'string' } } }).values;
    if (base !== undefined)
      return git('rev-parse', '--verify', '--quiet', `${base}^{commit}`)?.trim() ?? fail(`--base: there is no ${base}`);
    return (git('merge-base', 'HEAD', 'origin/main') ?? git('rev-parse', 'HEAD~1') ?? git('rev-parse', 'HEAD')).trim();
  } catch (error) {
    return fail(error.message);
  }
}

/** Paths from the checkout's root, of files that are gone, too. */
function changedSince(base) {
  const changed = git('diff', '--name-only', '--no-renames', '-z', base);
  const added = git('ls-files', '--others', '--exclude-standard', '-z');
  return [...new Set(`${changed}${added}`.split('\0'))].filter((file) => file !== '').sort();
}

function filesBelow(folder, ending) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path));
}

const textOf = (file) => readFileSync(join(root, file), 'utf8');

/** Unit tests read pages, settings and presets by their paths, which no import tells. */
function specsThatRead(files) {
  const names = files
    .filter((file) => !file.endsWith('.ts'))
    .flatMap((file) => [basename(file), `${basename(dirname(file))}/`]);
  const wanted = names.filter((name) => name !== './' && name !== 'src/');
  return filesBelow('src', '.spec.ts').filter((spec) => wanted.some((name) => textOf(spec).includes(name)));
}

const wordsOf = (text) => text.split(/[^a-z0-9]+/).map((word) => word.replace(/s$/, ''));

/** How near an e2e file is to the changes: 0 for not at all, Infinity when it is one of them. */
function nearness(spec, changed) {
  if (changed.includes(spec)) return Infinity;
  const imports = textOf(spec).matchAll(/from '(\.[^']+)'/g);
  const imported = [...imports].map(([, path]) => join(dirname(spec), path).replace(/\.js$/, '.ts'));
  if (imported.some((path) => path.startsWith('test/') && changed.includes(path))) return IMPORTS_A_CHANGE;
  const [, , folder] = spec.split('/');
  const names = new Set(wordsOf(basename(spec, '.e2e-spec.ts')));
  const near = changed.map((file) => {
    const [top, module] = file.split('/');
    if (top !== 'src' || file.endsWith('.spec.ts') || (E2E_FOLDERS[module] ?? module) !== folder) return 0;
    return 1 + wordsOf(file).filter((word) => names.has(word)).length;
  });
  return Math.max(0, ...near);
}

/** Seconds that each file took the last time, as vitest keeps them. */
function knownSeconds() {
  const folder = join(root, 'node_modules', '.vite', 'vitest');
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, 'results.json')) : [];
  const results = files.filter(existsSync).flatMap((file) => JSON.parse(readFileSync(file, 'utf8')).results ?? []);
  return new Map(results.map(([name, { duration }]) => [name.replace(/^e2e:\/?/, ''), duration / 1000]));
}

/** The nearest e2e files that fit into the time, and how many do not. */
function chooseE2e(changed) {
  const seconds = knownSeconds();
  const near = filesBelow('test/e2e', '.e2e-spec.ts')
    .map((file) => ({ file, nearness: nearness(file, changed), seconds: seconds.get(file) ?? UNKNOWN_SECONDS }))
    .filter((one) => one.nearness > 0)
    .sort((a, b) => b.nearness - a.nearness || a.seconds - b.seconds);
  let left = E2E_SECONDS;
  const chosen = near.filter((one) => one.nearness === Infinity || (left -= one.seconds) >= 0);
  return { files: chosen.map(({ file }) => file), leftOut: near.length - chosen.length };
}

/** @returns whether all tests passed. */
function vitest(...args) {
  const command = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), ...args, '--run', '--passWithNoTests'];
  const env = { PROPERTY_RUNS, ...process.env };
  return spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit', env }).status === 0;
}

checkNode();
step('Packages', installPackages);
const base = readBase();
const changed = changedSince(base);
const present = changed.filter((file) => existsSync(join(root, file)));
process.stdout.write(`• ${changed.length} files differ from ${base.slice(0, 9)}\n`);

const scripts = present.filter((file) => /\.[cm]?[jt]s$/.test(file));
const checks = await Promise.all([
  present.length === 0 ||
    check('Format', tool('prettier'), ['--check', '--ignore-unknown', '--log-level', 'warn', ...present]),
  scripts.length === 0 || check('Lint and types', tool('oxlint'), ['--type-aware', '--type-check', ...scripts]),
  !changed.some((file) => file.startsWith('src/')) ||
    check('Module boundaries', tool('depcruise'), ['src', '--config', '.dependency-cruiser.cjs']),
  check('Language', process.execPath, [join(root, 'scripts', 'language.mjs')]),
]);

const sources = present.filter((file) => /^(src|docker|test)\/.*\.ts$/.test(file));
const units = [...sources, ...specsThatRead(changed)];
const areUnitsFine = units.length === 0 || vitest('related', '--project', 'unit', ...units);
const { files, leftOut } = chooseE2e(changed);
const isE2eFine = files.length === 0 || vitest('--project', 'e2e', '--project', 'browser', ...files);

const heavy = [...new Set(changed.map((file) => /^test\/(system|security|faults)\//.exec(file)?.[1]).filter(Boolean))];
if (leftOut > 0) process.stdout.write(`• ${leftOut} more e2e files are near the change: npm run test:e2e\n`);
for (const name of heavy) process.stdout.write(`• test/${name} has changed and was not run: npm run test:${name}\n`);
process.exitCode = checks.includes(false) || !areUnitsFine || !isE2eFine ? 1 : 0;
