import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow } from '../../../platform/csv/csv.js';
import type { LinkResponse } from '../../links.dto.js';
import { slugProblem } from '../slug.js';
import { columnNames } from './import-columns.js';
import { columnsOf } from './export-columns.js';
import { mapRow } from './import-mapping.js';
import { readCsvRows } from './import-rows.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);

/** Text in which is frequent what CSV, spreadsheets and readers of files stumble over. */
const hard = fc.oneof(
  fc.constantFrom('NULL', 'null', '\\N', 'N/A', '-', 'none', '=1', "'=1", "''", "a;'=1", '1E5', '007', 'true', 'sep=;'),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...`=+-@'";,|\t\r\n \ufeff\u00a0[]{}1.a`),
        fc.string({ unit: 'grapheme', maxLength: 2 }),
      ),
      { minLength: 1, maxLength: 10 },
    )
    .map((letters) => letters.join('')),
);
/** What is not blank: an API that is asked to store blanks stores them, but no file tells them from nothing. */
const text = hard.filter((value) => value.trim() !== '');
const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { freq: 3 });
const slug = fc.oneof(
  fc.constantFrom(
    'null',
    'NULL',
    '1E5',
    '007',
    'n/a',
    '-',
    "'q",
    '=x',
    '@a',
    '+1',
    'été',
    'a;=1',
    'a,b',
    'a|b',
    'x.y',
    'none',
  ),
  fc.stringMatching(/^[\w=;,'"|@.:!~-]{1,12}$/).filter((one) => slugProblem(one) === undefined),
);

const links = fc.record({
  url: fc.constantFrom(
    'https://a.example/',
    'https://a.example/?x=1;=2,3&y="z"',
    'https://a.example/{sub1}',
    "app://x;'=1",
  ),
  domain: fc.constantFrom('go.example', 'xn--mnchen-3ya.example'),
  slug,
  formerSlugs: fc.uniqueArray(slug, { maxLength: 3 }),
  externalId: orNull(fc.stringMatching(/^[\w.:-]{1,12}$/)),
  title: orNull(text),
  tags: fc.uniqueArray(text, { maxLength: 3 }),
  notes: orNull(text),
  campaign: orNull(text),
  sourceId: orNull(text),
  clickIdParam: orNull(fc.stringMatching(/^[a-z_]{1,8}$/)),
  forwardQuery: fc.constantFrom('none', 'fill', 'override'),
  redirectStatus: fc.constantFrom(301, 302, 307),
  networkId: orNull(fc.constant('net_1')),
  cost: orNull(fc.constantFrom({ amount: '0.05', currency: 'EUR' }, { amount: '10', currency: 'JPY' })),
  clickLimit: orNull(fc.integer({ min: 1, max: 1e9 })),
  startsAt: orNull(fc.constant('2026-01-01T00:00:00.000Z')),
  expiresAt: orNull(fc.constant('2030-01-01T10:11:12.345Z')),
  paused: fc.boolean(),
  archived: fc.boolean(),
  noIndex: fc.boolean(),
  cloak: fc.boolean(),
  referrerPolicy: orNull(fc.constantFrom('no-referrer', 'strict-origin')),
  rules: fc.constantFrom(
    [],
    [{ when: [{ field: 'country', op: 'in', values: ['=1', 'a;b'] }], url: 'https://r.example/' }],
  ),
  hasPassword: fc.boolean(),
});

/** What is the same for all of them. */
const REST = {
  expiredUrl: null,
  fallbackUrl: null,
  variants: [],
  rotation: null,
  preview: null,
  id: 'lnk_1',
  shortUrl: 'https://go.example/x',
  createdAt: 't',
  updatedAt: 't',
  suspended: null,
  warnings: [],
  stats: { clicks: {} },
};

describe('K13 an exported link', () => {
  it('K13 is read as what it was, whatever its texts are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(links, { minLength: 1, maxLength: 2 }), fc.boolean(), async (generated, hasMark) => {
        const whole = generated.map((link) => ({ ...REST, ...link })) as unknown as LinkResponse[];
        const columns = columnsOf(undefined);
        const rows = [columns.map(({ name }) => name), ...whole.map((link) => columns.map(({ cell }) => cell(link)))];
        const file = (hasMark ? '\ufeff' : '') + rows.map((cells) => csvRow(cells)).join('');
        const read = await readCsvRows(
          (async function* () {
            yield Buffer.from(file);
          })(),
        );
        expect(read.warnings).toEqual([]);
        const names = columnNames('csv', read.plainNames, new Map());
        const mapped = read.rows.map((row) => mapRow(row, { source: 'csv', names, namesIds: true }, 0));
        expect(mapped).toHaveLength(generated.length);
        mapped.forEach((row, i) => {
          const link = generated[i];
          if (!link) throw new Error('a row too many');
          expect(row.problems).toEqual([]);
          expect(row).toMatchObject({ domain: link.domain, hadPassword: link.hasPassword, warnings: [] });
          expect(new Set([row.fields['slug'], ...row.formerSlugs])).toEqual(new Set([link.slug, ...link.formerSlugs]));
          const given = Object.fromEntries(
            Object.entries(link).filter(
              ([name, value]) =>
                !['domain', 'formerSlugs', 'hasPassword', 'cost'].includes(name) &&
                (name === 'clickIdParam' || (value !== null && (value as unknown[]).length !== 0)),
            ),
          );
          expect(row.fields).toMatchObject({ ...given, ...(link.cost && { cost: link.cost }) });
        });
      }),
      { numRuns: RUNS },
    );
  }, 600_000);
});
