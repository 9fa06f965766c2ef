// npm test: all checks that a change must pass. CI runs the same.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, installBrowser } from './browser.mjs';
import { check, checkNode, installPackages, root, step, tool } from './setup.mjs';

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
  const report = join(folder, 'report.json');
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      `--reporter=${join(root, 'scripts', 'second-tries.mjs')}`,
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, success } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  // A file that cannot be loaded has no failed test, but is a failure, too.
  const failed = success && status === 0 ? numFailedTests : numFailedTests || numFailedTestSuites || 1;
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
  process.stdout.write(`\n${numPassedTests} passed, ${failed} failed${skipped}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
