import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REPORT_DIMENSIONS } from './dimensions.js';
import { METRICS } from './metrics.js';

const page = readFileSync(new URL('../../../docs/reports.md', import.meta.url), 'utf8');

describe('docs/reports.md', () => {
  it.each(METRICS)('explains $name with its formula', ({ name, unit, formula, description }) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` `));
    const cells = row?.split('|').map((cell) => cell.trim());
    expect(cells?.slice(2, 5)).toEqual([unit, formula === name ? '–' : `\`${formula}\``, description]);
  });

  it('names every dimension', () => {
    const names = REPORT_DIMENSIONS.filter((dimension) => !/^sub[2-9]$/.test(dimension));
    expect(names.filter((dimension) => !page.includes(`\`${dimension}\``))).toEqual([]);
  });
});
