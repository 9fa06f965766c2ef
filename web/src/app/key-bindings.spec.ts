import { describe, expect, it } from 'vitest';
import { type KeyBindings, KeyRegistry } from './key-bindings';

const act = (): void => undefined;
const press = (registry: KeyRegistry, key: string, options = {}, now = 0): string | undefined =>
  registry.find({ key, hasMod: false, isTyping: false, ...options }, now)?.label;

function registryOf(...all: KeyBindings[]): KeyRegistry {
  const registry = new KeyRegistry();
  for (const current of all) registry.add({ current });
  return registry;
}

describe('key bindings', () => {
  it('act by key, with Ctrl or ⌘, and as a pair', () => {
    const registry = registryOf({
      c: { act, label: 'new' },
      'mod+k': { act, label: 'palette' },
      'g l': { act, label: 'links' },
      l: { act, label: 'like' },
    });
    expect(press(registry, 'c')).toBe('new');
    expect(press(registry, 'K', { hasMod: true })).toBe('palette');
    expect(press(registry, 'c', { hasMod: true })).toBeUndefined();
    expect(press(registry, 'g')).toBeUndefined();
    expect(press(registry, 'l', {}, 900)).toBe('links');
    expect(press(registry, 'g', {}, 2_000)).toBeUndefined();
    expect(press(registry, 'l', {}, 3_100)).toBe('like'); // too late for the pair
  });

  it('do not act while typing, unless they are allowed to', () => {
    const registry = registryOf({
      c: { act, label: 'new' },
      Escape: { act, label: 'close', isAllowedWhileTyping: true },
    });
    expect(press(registry, 'c', { isTyping: true })).toBeUndefined();
    expect(press(registry, 'Escape', { isTyping: true })).toBe('close');
  });

  it('of the topmost layer win, and of one layer the latest', () => {
    const registry = registryOf(
      { Escape: { act, label: 'sheet', layer: 'sheet' } },
      { Escape: { act, label: 'first filter' } },
      { Escape: { act, label: 'second filter' } },
    );
    expect(press(registry, 'Escape')).toBe('sheet');
    expect(press(registryOf({ Escape: { act, label: 'a' } }, { Escape: { act, label: 'b' } }), 'Escape')).toBe('b');
  });

  it('beneath a modal layer do nothing', () => {
    const registry = registryOf({ c: { act, label: 'new' } });
    const remove = registry.add({ current: { Escape: { act, label: 'close', layer: 'modal' } } });
    expect(press(registry, 'c')).toBeUndefined();
    remove();
    expect(press(registry, 'c')).toBe('new');
  });
});
