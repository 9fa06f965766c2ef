// npm run test:security: the attacks of an adversary, in the long edition; see docs/security.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { prepare, root, run, step } from './setup.mjs';

const SCHEMATHESIS = 'schemathesis==4.32.5';
const E2E = [
  'workspaces/api-access',
  'platform/ssrf',
  'platform/rate-limit',
  'workspaces/tenancy',
  'postbacks/postback-security',
  'people/attacks',
  'people/roles',
  'people/members',
  'people/profile',
  'people/passkeys',
  'people/oidc',
  'people/sign-in-throttle',
  'people/hidden-money',
  'people/link-limits',
].map((name) => `test/e2e/${name}`);

const cacheHome = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
const cache = resolve(process.env.HOPBACK_CACHE_DIR || join(cacheHome, 'hopback'));
const environment = join(cache, SCHEMATHESIS.replace('==', '-'));
const schemathesis = join(environment, 'bin', 'st');

/** Installs into a separate environment in the cache folder, from the package index that pip is configured for. */
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

/** Files outside of test/security with a test of a finding: its title, or that of its group, begins with `S` and the number. */
function filesOfFindings() {
  return ['docker', 'src', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path))
      .filter((path) => path.endsWith('spec.ts') && !path.startsWith(join('test', 'security')))
      .filter((path) => /^\s*['"`]S\d+ |\(['"`]S\d+ /m.test(readFileSync(join(root, path), 'utf8'))),
  );
}

/** Aligns the columns of rows: texts to the left, numbers to the right. */
function aligned(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
  const pad = (cell, i) => (isText(rows, i) ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]));
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

const isText = (rows, i) => rows.slice(1).some((row) => typeof row[i] === 'string' && !/^[\d.]+$/.test(row[i]));

/** The findings of docs/security.md, and how many tests of each passed and failed. */
function findings(results) {
  const text = readFileSync(join(root, 'docs', 'security.md'), 'utf8');
  const listed = [...text.matchAll(/^\| S(\d+) +\| ([^|]+?) +\|/gm)].map(([, number, what]) => [Number(number), what]);
  const tests = results.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .flatMap(({ ancestorTitles, title, status }) => {
      const number = [title, ...ancestorTitles].map((text) => /^S(\d+) /.exec(text)?.[1]).find(Boolean);
      return number === undefined ? [] : [{ number: Number(number), status }];
    });
  const count = (number, status) => tests.filter((test) => test.number === number && test.status === status).length;
  const rows = listed.map(([number, what]) => [`S${number}`, what, count(number, 'passed'), count(number, 'failed')]);
  const open = rows.filter(([, , passed, failed]) => passed === 0 || failed > 0);
  const unlisted = [...new Set(tests.map(({ number }) => number))].filter(
    (number) => !listed.some(([other]) => other === number),
  );
  return { rows, open: open.length + unlisted.length, unlisted };
}

/** The most expensive request of each route. */
function budget(figures) {
  const worst = new Map();
  for (const figure of figures) {
    const other = worst.get(figure.route);
    if (other === undefined || figure.stretchMs > other.stretchMs) worst.set(figure.route, figure);
  }
  const rows = [...worst.values()].map(({ route, what, status, totalMs, stretchMs, memoryMb }) => [
    route,
    what,
    status,
    totalMs.toFixed(1),
    stretchMs.toFixed(1),
    Math.max(...figures.filter((figure) => figure.route === route).map((figure) => figure.memoryMb), memoryMb).toFixed(
      1,
    ),
  ]);
  return [['route', 'most expensive request', 'status', 'ms', 'ms at a stretch', 'MB'], ...rows];
}

/** One row for each kind of attack, summed over the tests. */
function table(figures) {
  const rows = new Map();
  for (const { name, what, tried, bad } of figures) {
    const row = rows.get(`${name} ${what}`) ?? { name, what, tried: 0, bad: 0 };
    rows.set(`${name} ${what}`, { ...row, tried: row.tried + tried, bad: row.bad + bad });
  }
  return [['part', 'what', 'tried', 'not as it must be'], ...[...rows.values()].map(Object.values)];
}

function readFigures(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const all = lines.map((line) => JSON.parse(line));
  return { tried: all.filter(({ name }) => name !== undefined), costs: all.flatMap(({ budget: cost }) => cost ?? []) };
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
      'run',
      '--project=security',
      '--project=e2e',
      '--project=system',
      '--project=unit',
      'test/security',
      ...E2E,
      ...filesOfFindings(),
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${results}`,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        SECURITY_TESTS: 'long',
        SECURITY_TESTS_REPORT: figures,
        SECURITY_TESTS_SCHEMATHESIS: schemathesis,
      },
    },
  );
  const all = JSON.parse(readFileSync(results, 'utf8'));
  const { numPassedTests, numFailedTests, numFailedTestSuites, success } = all;
  const failed = success && status === 0 ? numFailedTests : Math.max(numFailedTests, numFailedTestSuites, 1);
  const { tried, costs } = readFigures(figures);
  const { rows, open, unlisted } = findings(all);
  process.stdout.write(`\n${aligned(table(tried))}\n`);
  process.stdout.write(`\n${aligned(budget(costs))}\n`);
  process.stdout.write(`\n${aligned([['finding', 'what', 'passed', 'failed'], ...rows])}\n`);
  if (unlisted.length > 0)
    process.stdout.write(`not in docs/security.md: ${unlisted.map((number) => `S${number}`).join()}\n`);
  process.stdout.write(`\n${rows.length} findings, ${open} open\n\n${numPassedTests} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 && open === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
