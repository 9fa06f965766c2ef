// The table at the end of a run.

/**
 * @typedef {object} Row
 * @property {string} what what was measured
 * @property {string} figure
 * @property {string} beside what it is compared with
 * @property {number} [ratio]
 * @property {{least: number, most: number}} [spread] of the rounds' ratios
 */

const HEAD = ['measured', 'figure', 'compared with', 'ratio', 'rounds'];

/** @param {Row[]} rows @returns {string} a Markdown table, padded so that a terminal shows it as one */
export function table(rows) {
  const cells = rows.map(({ what, figure, beside, ratio, spread }) => [
    what,
    figure,
    beside,
    ratio === undefined ? '' : ratio.toFixed(ratio < 0.1 ? 3 : 2),
    spread === undefined ? '' : `${spread.least.toFixed(2)}–${spread.most.toFixed(2)}`,
  ]);
  const widths = HEAD.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i].length)));
  const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(HEAD), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...cells.map(line)].join('\n');
}

/** `48,404` */
export function count(value) {
  return Math.round(value).toLocaleString('en-US');
}

/** `1.24 ms` from microseconds */
export function milliseconds(micros) {
  return `${(micros / 1000).toFixed(2)} ms`;
}

/** `104 MB` from bytes; a megabyte has 10^6. */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** Prints a line about the progress of the run. */
export function progress(text) {
  process.stdout.write(`• ${text}\n`);
}

/** Whole seconds since a `performance.now()`. */
export function secondsSince(begin) {
  return ((performance.now() - begin) / 1000).toFixed(0);
}
