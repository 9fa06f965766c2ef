import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLocalInput, toLocalInput } from './zoned-time';

describe('times in the zone of the workspace', () => {
  it('are shown and read with the offset of their day', () => {
    expect(toLocalInput('2026-12-31T23:00:00.000Z', 'Europe/Malta')).toBe('2027-01-01T00:00');
    expect(fromLocalInput('2027-01-01T00:00', 'Europe/Malta')).toBe('2026-12-31T23:00:00.000Z');
    expect(fromLocalInput('2026-07-01T00:00', 'Europe/Malta')).toBe('2026-06-30T22:00:00.000Z');
    expect(fromLocalInput('2026-07-01T05:30', 'Asia/Kolkata')).toBe('2026-07-01T00:00:00.000Z');
  });

  it('come back to the same minute, except in the hour that the clock repeats', () => {
    const minutes = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2030, 0) / 60_000 });
    const zone = fc.constantFrom('UTC', 'Asia/Kolkata', 'Asia/Tokyo', 'America/Bogota', 'Asia/Kathmandu');
    fc.assert(
      fc.property(minutes, zone, (minute, timeZone) => {
        const iso = new Date(minute * 60_000).toISOString();
        expect(fromLocalInput(toLocalInput(iso, timeZone), timeZone)).toBe(iso);
      }),
    );
  });

  it('that are no times become empty', () => {
    expect(toLocalInput('soon', 'UTC')).toBe('');
    expect(fromLocalInput('', 'UTC')).toBe('');
  });
});
