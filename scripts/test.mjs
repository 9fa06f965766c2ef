// npm test: all that must hold before a change lands. CI runs exactly this.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, checkNode, installPackages, root, run, step } from './setup.mjs';

function check(name, tool, args, message) {
  step(name, () => {
    run(join(root, 'node_modules', '.bin', tool), args, message);
    return 'clean';
  });
}

checkNode();
step('Packages', installPackages);
check('Format', 'prettier', ['--check', '--log-level', 'warn', '.'], 'run "npm run format"');
check('Lint and types', 'oxlint', ['--type-aware', '--type-check'], 'see above');
check('Module boundaries', 'depcruise', ['src', '--config', '.dependency-cruiser.cjs'], 'see above');
step('Build', build);

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
  // A file that does not even load has no failed test in it, but is a failure all the same.
  const failed = success && status === 0 ? numFailedTests : Math.max(numFailedTests, numFailedTestSuites, 1);
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
  process.stdout.write(`\n${numPassedTests} passed, ${failed} failed${skipped}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
