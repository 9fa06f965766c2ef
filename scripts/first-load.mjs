// Part of npm test: measures the JavaScript that the first load of each page of the dashboard needs, compressed as it is served.
// Fails above the budget. `npm run build` first.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './setup.mjs';

const BUDGET_BYTES = 230_000;
const OUTPUT = join(root, 'web', 'dist');
const manifest = JSON.parse(readFileSync(join(OUTPUT, 'manifest.json'), 'utf8'));

/** A chunk with all chunks that it needs before it runs. */
function closureOf(key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const imported of manifest[key].imports ?? []) closureOf(imported, found);
  return found;
}

const sizes = new Map();
function sizeOf(key) {
  const { file } = manifest[key];
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(OUTPUT, file)), { level: 9 }).length);
  return sizes.get(file);
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const pages = (manifest[entry].dynamicImports ?? []).filter((key) => key.endsWith('-page.tsx'));
const loads = pages.map((key) => {
  const needed = new Set([...closureOf(entry), ...closureOf(key)]);
  return { page: key, bytes: [...needed].reduce((sum, each) => sum + sizeOf(each), 0) };
});
loads.sort((a, b) => b.bytes - a.bytes);

const kilobytes = (bytes) => `${(bytes / 1_000).toFixed(1)} kB`;
for (const { page, bytes } of loads) process.stdout.write(`${kilobytes(bytes).padStart(9)}  ${page}\n`);
const tooLarge = loads.filter(({ bytes }) => bytes > BUDGET_BYTES);
if (loads.length === 0) {
  process.stderr.write('The manifest names no page.\n');
  process.exitCode = 1;
} else if (tooLarge.length > 0) {
  process.stderr.write(`${tooLarge.length} pages need more than ${kilobytes(BUDGET_BYTES)} at the first load.\n`);
  process.exitCode = 1;
}
