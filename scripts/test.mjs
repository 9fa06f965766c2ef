// npm test: all checks that a change must pass. CI runs the same.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findBrowser, installBrowser } from './browser.mjs';
import { check, checkNode, installPackages, root, step, tool } from './setup.mjs';

/** Tests that may be tried a second time (docs/adr/0037), and the most files of them. */
const WITH_SERVERS = /\.(e2e|system|security)-spec\.ts$/;
const MOST_SECOND_TRIES = 5;

/** The browser of the browser tests; installed where that is possible. */
function provideBrowser() {
  process.env.CHROMIUM = findBrowser() ?? installBrowser();
  return process.env.CHROMIUM;
}

checkNode();
step('Packages', installPackages);
// In parallel: each one uses little more than one core.
const checks = await Promise.all([
  check('Format', tool('prettier'), ['--check', '--log-level', 'warn', '.']),
  check('Lint and types', tool('oxlint'), ['--type-aware', '--type-check']),
  check('Module boundaries', tool('depcruise'), ['src', '--config', '.dependency-cruiser.cjs']),
  check('Language', process.execPath, [join(root, 'scripts', 'language.mjs')]),
  check('Build', process.execPath, [join(root, 'scripts', 'setup.mjs')]),
]);
if (checks.includes(false)) process.exit(1);
if (!(await check('First load', process.execPath, [join(root, 'scripts', 'first-load.mjs')]))) process.exit(1);
step('Browser', provideBrowser);

const folder = mkdtempSync(join(tmpdir(), 'hopback-test-'));
try {
  const first = runTests('first');
  const again = filesForSecondTry(first);
  const last = again.length === 0 ? first : withSecondTry(first, runTests('second', again), again);
  if (last.failed === 0 && first.failed > 0) {
    process.stdout.write(`\nPassed at the second try only:\n${failuresIn(first).join('\n')}\n`);
  }
  const tests = last.files.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed').length;
  process.stdout.write(`\n${passed} passed, ${last.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = last.failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs all tests, or those of some files. @returns what it found, file by file, and the number of failures */
function runTests(name, only = []) {
  const report = join(folder, `${name}.json`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...only], {
    cwd: root,
    stdio: 'inherit',
  });
  const { testResults, numFailedTests, numFailedTestSuites, success } = JSON.parse(readFileSync(report, 'utf8'));
  const files = testResults.map((file) => ({ ...file, path: relative(root, file.name) }));
  // A file that cannot be loaded has no failed test, but is a failure, too; so is an error outside of all tests.
  return { files, failed: success && status === 0 ? 0 : numFailedTests || numFailedTestSuites || 1 };
}

/** The failed files, if they are few and all of them are tests with servers. */
function filesForSecondTry({ files }) {
  const failed = files.filter(({ status }) => status === 'failed').map(({ path }) => path);
  return failed.length <= MOST_SECOND_TRIES && failed.every((path) => WITH_SERVERS.test(path)) ? failed : [];
}

function withSecondTry(first, second, again) {
  const kept = first.files.filter(({ path }) => !again.includes(path));
  return { files: [...kept, ...second.files], failed: second.failed };
}

/** Each failed test with its error, without its stack; a file that failed as a whole with its own. */
function failuresIn({ files }) {
  return files
    .filter(({ status }) => status === 'failed')
    .flatMap(({ path, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      const lines = failed.map(({ fullName, failureMessages }) => `${path} > ${fullName}: ${failureMessages[0]}`);
      return (lines.length > 0 ? lines : [`${path}: ${message}`]).map((line) => `  ${line.split('\n    at ')[0]}`);
    });
}
