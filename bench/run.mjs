// npm run bench: compares redirects with servers that do less, and checks that all clicks are stored. docs/performance.md
// explains each row.
import { writeFileSync } from 'node:fs';
import { checkNode, prepare } from '../scripts/setup.mjs';
import { readOptions, UsageError } from './options.mjs';
import { cleanUpOnExit, isEnding } from './support/cleanup.mjs';
import { describeMachine } from './support/machine.mjs';
import { progress, secondsSince, table } from './support/report.mjs';

checkNode();
cleanUpOnExit();
try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(options.help);
  else await run(options);
} catch (error) {
  if (!isEnding())
    process.stderr.write(`hopback: bench: ${error instanceof UsageError ? error.message : error.stack}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
// Open handles after a failure must not block the exit; its handler closes them.
process.exit();

async function run(options) {
  if (options.setup) prepare();
  // Loaded only now: they need the packages.
  const { Bench } = await import('./parts/bench.mjs');
  const bench = new Bench(options);
  const begin = performance.now();
  progress(`Machine: ${describeMachine()}; ${bench.pinning}`);
  progress(`Load: ${bench.load.tool}, ${options.connections} connections, keep-alive, 127.0.0.1`);
  for (const part of options.parts) {
    const partBegin = performance.now();
    const { [part]: measure } = await import(`./parts/${part}.mjs`);
    await measure(bench);
    progress(`${part}: done in ${secondsSince(partBegin)} s`);
  }
  print(bench, begin);
  if (options.json !== undefined) writeJson(options, bench);
  for (const problem of bench.problems) process.stderr.write(`hopback: bench: ${problem}\n`);
  if (bench.problems.length > 0) process.exitCode = 1;
}

function print(bench, begin) {
  const { rounds } = bench.options;
  process.stdout.write(`
${table(bench.rows)}

${describeMachine()}; ${bench.pinning}.
Load by ${bench.load.tool}, ${bench.load.connections} connections. Medians of ${rounds} round${rounds === 1 ? '' : 's'}; "rounds" is the lowest and highest ratio. Taken in ${secondsSince(begin)} s.
Ratios can be compared between runs and machines, the figures can not. To repeat: npm run bench${repeat()}
`);
}

function repeat() {
  const words = process.argv.slice(2);
  return words.length === 0 ? '' : ` -- ${words.join(' ')}`;
}

function writeJson({ json, ...options }, bench) {
  const { figures, rows, pinning } = bench;
  const whole = { machine: describeMachine(), pinning, tool: bench.load.tool, options, rows, figures };
  writeFileSync(json, `${JSON.stringify(whole, undefined, 2)}\n`);
  progress(`All figures are in ${json}`);
}
