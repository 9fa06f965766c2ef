import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { describeSettings, readSettings, SETTING_NAMES } from './settings.js';

const PAGE = join(import.meta.dirname, '../../../docs/settings.md');
const HEAD = `# Settings

<!-- Written by \`npm run docs:settings\` from src/platform/config/settings.ts. Do not edit. -->

Settings come from the environment, or from a file \`.env\` in the folder where Hopback starts ([.env.example](../.env.example)).
The environment has precedence. An empty value means "not set". A malformed or unknown setting stops the start with one line that
names it.

`;

async function settingsPage(): Promise<string> {
  const rows = describeSettings().map(
    (setting) => `| \`${setting.name}\` | ${setting.description} | ${setting.default} | ${setting.values} |`,
  );
  const table = ['| name | meaning | default | values and unit |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return format(`${HEAD}${table}\n`, { ...(await resolveConfig(PAGE)), parser: 'markdown' });
}

const ranges = describeSettings().flatMap(({ name, values }) => {
  const [, from, to] = /^(\d+) to (\d+)\b(?! visible)/.exec(values) ?? [];
  return from === undefined ? [] : [{ name, from: Number(from), to: Number(to) }];
});

describe('docs/settings.md', () => {
  it('is current (npm run docs:settings)', async () => {
    await expect(await settingsPage()).toMatchFileSnapshot(PAGE);
  });

  it('has a description, a default and values for every setting', () => {
    expect(describeSettings().map(({ name }) => name)).toEqual(SETTING_NAMES);
    for (const setting of describeSettings()) {
      for (const text of Object.values(setting)) expect(text).toMatch(/^[^|\n]+$/);
      expect(setting.default).not.toContain('undefined');
    }
  });

  it.each(ranges)('names the range of $name that is accepted', ({ name, from, to }) => {
    for (const value of [from, to]) expect(readSettings({ [name]: `${value}` })).toBeDefined();
    for (const value of [from - 1, to + 1]) expect(() => readSettings({ [name]: `${value}` })).toThrow(name);
  });
});
