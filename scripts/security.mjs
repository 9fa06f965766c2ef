// npm run test:security: what somebody who means harm would try, the long way; see docs/security.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { prepare, root, run, step } from './setup.mjs';

const SCHEMATHESIS = 'schemathesis==4.32.5';
const E2E = ['ssrf', 'rate-limit', 'tenancy', 'postback-security'].map((name) => `test/e2e/${name}`);

const cacheHome = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
const cache = resolve(process.env.HOPBACK_CACHE_DIR || join(cacheHome, 'hopback'));
const environment = join(cache, SCHEMATHESIS.replace('==', '-'));
const schemathesis = join(environment, 'bin', 'st');

/** Into an environment of its own in the cache folder, with whatever index pip is set up for. */
function installSchemathesis() {
  if (existsSync(schemathesis)) return 'cached';
  const advice = 'it can not be had: python3 with venv and pip is needed, and a package index';
  try {
    run('python3', ['-m', 'venv', environment], advice);
    const pip = join(environment, 'bin', 'python');
    run(pip, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', SCHEMATHESIS], advice);
  } catch (error) {
    rmSync(environment, { recursive: true, force: true });
    throw error;
  }
  return 'installed';
}

/** A row for each thing that was tried, however many tests have tried it. */
function table(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const rows = new Map();
  for (const { name, what, tried, bad } of lines.map((line) => JSON.parse(line))) {
    const row = rows.get(`${name} ${what}`) ?? { name, what, tried: 0, bad: 0 };
    rows.set(`${name} ${what}`, { ...row, tried: row.tried + tried, bad: row.bad + bad });
  }
  const cells = [['part', 'what', 'tried', 'not as it must be'], ...[...rows.values()].map(Object.values)];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...cells.map((row) => String(row[i]).length)));
  const pad = (cell, i) => (i < 2 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]));
  return cells.map((row) => row.map(pad).join('  ')).join('\n');
}

prepare();
step('Schemathesis', installSchemathesis);

const folder = mkdtempSync(join(tmpdir(), 'hopback-security-'));
try {
  const results = join(folder, 'results.json');
  const figures = join(folder, 'figures.jsonl');
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--project', 'security', '--project', 'e2e', 'test/security', ...E2E],
      ...['--reporter=default', '--reporter=json', `--outputFile=${results}`],
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        HOPBACK_SECURITY: 'long',
        HOPBACK_SECURITY_REPORT: figures,
        HOPBACK_SCHEMATHESIS: schemathesis,
      },
    },
  );
  const { numPassedTests, numFailedTests, numFailedTestSuites, success } = JSON.parse(readFileSync(results, 'utf8'));
  const failed = success && status === 0 ? numFailedTests : Math.max(numFailedTests, numFailedTestSuites, 1);
  process.stdout.write(`\n${table(figures)}\n\n${numPassedTests} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
