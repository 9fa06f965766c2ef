import { describe, expect, it } from 'vitest';
import { inspectBody, MAX_CONTAINERS, MAX_FIELDS, MAX_PROBLEMS, MAX_BODY_VALUES } from './inspect-body.js';

describe('the inspection of a body', () => {
  it('finds lists in lists, names that every object has, and half characters, with their paths', () => {
    const body = JSON.parse('{"a":[{"b":[[1]]},{"constructor":1}],"c":{"d":"\\ud800"},"e":"😀"}') as unknown;
    expect(inspectBody(body, true)).toEqual({
      isTooLarge: false,
      misfits: [
        { path: 'a.0.b', code: 'list_in_list', message: expect.any(String) },
        { path: 'a.1.constructor', code: 'unknown_field', message: expect.any(String) },
      ],
      halfCharacters: [{ path: 'c.d', code: 'bad_character', message: expect.any(String) }],
    });
  });

  it.each(['_bsontype', 'toString', '__proto__'])('takes no field that is called %s', (name) => {
    const body = JSON.parse(`{"map":{"${name}":"ObjectId"}}`) as unknown;
    expect(inspectBody(body, true).misfits).toEqual([
      { path: `map.${name}`, code: 'unknown_field', message: expect.any(String) },
    ]);
  });

  it('takes no part of bytes', () => {
    expect(inspectBody({ file: Buffer.alloc(MAX_BODY_VALUES * 2) }, true).isTooLarge).toBe(false);
  });

  it.each([
    ['objects', { rules: Array.from({ length: MAX_CONTAINERS }, () => ({})) }],
    ['lists', Object.fromEntries(Array.from({ length: MAX_CONTAINERS }, (_, i) => [`k${i}`, []]))],
    ['values in a list', { values: Array.from({ length: MAX_BODY_VALUES }, () => 0) }],
  ])('S32 finds that there are too many %s', (_, body) => {
    expect(inspectBody(body, true).isTooLarge).toBe(true);
    expect(inspectBody(body, false).isTooLarge).toBe(false);
  });

  it('S32 finds that an object has too many fields, wherever it stands', () => {
    const fields = Object.fromEntries(Array.from({ length: MAX_FIELDS + 1 }, (_, i) => [`k${i}`, 0]));
    expect(inspectBody(fields, false).isTooLarge).toBe(true);
    expect(inspectBody({ items: [{ a: fields }] }, false).isTooLarge).toBe(true);
  });

  it('S32 lists so many problems and no more', () => {
    const body = { values: Array.from({ length: 500 }, () => '\ud800'), lists: Array.from({ length: 500 }, () => []) };
    const { halfCharacters, misfits } = inspectBody(body, true);
    expect(halfCharacters).toHaveLength(MAX_PROBLEMS);
    expect(misfits).toHaveLength(MAX_PROBLEMS);
  });
});
