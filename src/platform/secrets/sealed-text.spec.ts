import { describe, expect, it } from 'vitest';
import { seal, unseal } from './sealed-text.js';

describe('seal', () => {
  it('opens with its secret only, and not when it was changed', () => {
    const sealed = seal('{"key":"hb_é"}', 'secret');
    expect(Buffer.from(sealed, 'base64').includes('{"key"')).toBe(false);
    expect(unseal(sealed, 'secret')).toBe('{"key":"hb_é"}');
    expect(() => unseal(sealed, 'other')).toThrow();
    const changed = Buffer.from(sealed, 'base64');
    changed.writeUInt8(changed.readUInt8(30) ^ 1, 30);
    expect(() => unseal(changed.toString('base64'), 'secret')).toThrow();
  });

  it('opens what earlier versions sealed', () => {
    const sealed = '3/hmntGC/kHs7CeinOSFrH0BuzyJpbK5NHfWRaIm5wnTttDqqIsM5SkR9w==';
    expect(unseal(sealed, 'secret')).toBe('{"key":"hb_é"}');
  });

  it('opens with its context only', () => {
    const sealed = seal('secret of one', 'secret', 'totp\nusr_1');
    expect(unseal(sealed, 'secret', 'totp\nusr_1')).toBe('secret of one');
    for (const other of ['', 'totp\nusr_2', 'other\nusr_1']) {
      expect(() => unseal(sealed, 'secret', other)).toThrow();
    }
    expect(() => unseal(seal('a', 'secret'), 'secret', 'totp\nusr_1')).toThrow();
  });

  it('refuses a text that was cut', () => {
    const bytes = Buffer.from(seal('secret of one', 'secret'), 'base64');
    for (let length = 0; length < bytes.length; length++) {
      expect(() => unseal(bytes.subarray(0, length).toString('base64'), 'secret')).toThrow();
    }
  });
});
