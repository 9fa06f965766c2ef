// npm test: all checks that a change must pass. CI runs the same.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { check, checkNode, installPackages, root, step, tool } from './setup.mjs';

/** The browser that test/support/browser.ts drives; installed where that is possible. */
function provideBrowser() {
  process.env.CHROMIUM ||= findBrowser() ?? installBrowser();
  return process.env.CHROMIUM;
}

function findBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), mac].find((path) =>
    existsSync(path),
  );
}

function installBrowser() {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    spawnSync(command, rest, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  const found = findBrowser();
  if (!found)
    throw new Error('there is none: install Chromium (apt-get install chromium), or set CHROMIUM to its path');
  return found;
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
step('Browser', provideBrowser);

const folder = mkdtempSync(join(tmpdir(), 'hopback-test-'));
try {
  const report = join(folder, 'report.json');
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, success } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  // A file that cannot be loaded has no failed test, but is a failure, too.
  const failed = success && status === 0 ? numFailedTests : Math.max(numFailedTests, numFailedTestSuites, 1);
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
  process.stdout.write(`\n${numPassedTests} passed, ${failed} failed${skipped}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
