import { describe, expect, it } from 'vitest';
import { seal, unseal } from './sealed-text.js';

describe('seal', () => {
  it('opens with its secret only, and not when it was changed', () => {
    const sealed = seal('{"key":"hb_é"}', 'secret');
    expect(sealed).not.toContain('hb_');
    expect(unseal(sealed, 'secret')).toBe('{"key":"hb_é"}');
    expect(() => unseal(sealed, 'other')).toThrow();
    const changed = Buffer.from(sealed, 'base64');
    changed.writeUInt8(changed.readUInt8(30) ^ 1, 30);
    expect(() => unseal(changed.toString('base64'), 'secret')).toThrow();
  });
});
