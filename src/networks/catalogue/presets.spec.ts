import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { StartupError } from '../../platform/startup/startup-error.js';
import { readPresets } from './read-presets.js';

const presets = readPresets();

describe('the presets', () => {
  it('are many, most of them verified', () => {
    expect(presets.filter(({ verified }) => verified).length).toBeGreaterThanOrEqual(20);
    expect(presets.length).toBeGreaterThanOrEqual(22);
  });

  it.each(presets.map((preset) => [preset.id, preset] as const))(
    '%s: what it writes and what it asks for agree',
    (_, preset) => {
      expect(preset.macros.click_id).toBeDefined();
      for (const { event, params } of preset.postbackUrls) {
        expect(params.click_id).toBe(preset.macros.click_id);
        if (event !== null) expect(params.event ?? params.status).toMatch(/^\w+$/);
      }
      const events = preset.postbackUrls.map(({ event }) => event);
      expect(new Set(events).size).toBe(events.length);
      if (!preset.verified) expect(preset.source).not.toMatch(/https?:/);
    },
  );

  it.each(presets.map((preset) => [preset.id, preset] as const))(
    '%s: has a sample that is accepted and one that is not',
    (_, preset) => {
      const verdicts = preset.samples.map(({ verdict }) => verdict);
      expect(verdicts).toContain('accepted');
      expect(verdicts).toContain('rejected');
    },
  );
});

describe('readPresets', () => {
  let folder: string;
  afterEach(() => rmSync(folder, { recursive: true }));
  const problemsOf = (files: Record<string, unknown>): string[] => {
    folder = mkdtempSync(join(tmpdir(), 'hopback-presets-'));
    for (const [name, data] of Object.entries(files)) {
      writeFileSync(join(folder, name), typeof data === 'string' ? data : JSON.stringify(data));
    }
    try {
      readPresets(folder);
      return [];
    } catch (error) {
      expect(error).toBeInstanceOf(StartupError);
      return (error as StartupError).problems;
    }
  };
  const good = structuredClone(presets.find(({ id }) => id === 'keitaro'));

  it('takes a good file', () => {
    expect(problemsOf({ 'keitaro.json': good })).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ['name', 1, /keitaro\.json is not valid: name: is a text/],
    ['id', 'other', /id: is "keitaro"/],
    ['kind', 'shop', /kind: is one of tracker/],
    ['source', undefined, /source: is missing/],
    ['extra', 1, /extra: there is no such field/],
    ['macros', { clickid: 'x' }, /macros: clickid: is one of click_id/],
    ['mapping', { params: { click_id: 'x' }, events: {}, statuses: {} }, /mapping: params: click_id: is a list/],
    ['mapping', { params: {}, events: { Reg: 'registration' }, statuses: {} }, /mapping: events: Reg: .*lower case/],
    ['mapping', { params: {}, events: { reg: 'signup' }, statuses: {} }, /mapping: events: reg: is one of/],
    ['mapping', { params: {}, events: {}, statuses: { ok: 'fine' } }, /mapping: statuses: ok: is one of/],
    ['limits', {}, /limits: httpOnly: is missing; staticPayout: is missing; batched: is missing/],
    ['postbackUrls', [], /postbackUrls: has 1 or more/],
    ['postbackUrls', [{ event: 'reg', params: {} }], /postbackUrls: 0: event: is one of/],
    ['samples', [{ request: 'a=b', verdict: 'good' }], /samples: 0: verdict: is one of/],
    ['samples', [{ request: { query: '' }, verdict: 'ignored' }], /samples: 0: request: body: is missing/],
    ['clickIdParam', 'a b', /clickIdParam: is a parameter name/],
    ['checks', 'none', /checks: is a list/],
  ])('names the file and the field of a bad %s: %j', (field, value, message) => {
    expect(problemsOf({ 'keitaro.json': { ...good, [field]: value } }).join('\n')).toMatch(message);
  });

  it('names all that is wrong at once, and what cannot be read', () => {
    const problems = problemsOf({ 'a.json': '{', 'keitaro.json': { ...good, name: '', kind: '' } });
    expect(problems).toHaveLength(3);
    expect(problems[0]).toBe('Network preset a.json is not valid: the file: is an object');
  });

  it('does not start without any', () => {
    expect(problemsOf({})).toEqual([expect.stringContaining('no network presets')]);
  });
});
