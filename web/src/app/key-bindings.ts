/** Where a binding belongs. The topmost layer that knows a key acts; beneath an open `modal` layer nothing does. */
type KeyLayer = 'page' | 'sheet' | 'modal';

interface KeyBinding {
  act: () => void;
  /** For the sheet of shortcuts. */
  label: string;
  layer?: KeyLayer | undefined;
  isAllowedWhileTyping?: boolean | undefined;
  /** Not listed in the sheet of shortcuts. */
  isHidden?: boolean | undefined;
}

/**
 * Bindings by their keys: a key as `KeyboardEvent.key` names it, `mod+k` with Ctrl or ⌘, `shift+…`, or two keys in a row as
 * in `g l`.
 */
export type KeyBindings = Readonly<Record<string, KeyBinding>>;

interface PressedKey {
  key: string;
  hasMod: boolean;
  isTyping: boolean;
}

const LAYER_ORDER: Readonly<Record<KeyLayer, number>> = { page: 0, sheet: 1, modal: 2 };
/** How long the second key of a pair may take. */
const PAIR_MS = 1_000;

/** All bindings that are in effect; the latest of a layer comes first. Free of the DOM, so that it can be tested. */
export class KeyRegistry {
  private readonly entries = new Set<{ current: KeyBindings }>();
  private first: { key: string; at: number } | undefined;

  add(bindings: { current: KeyBindings }): () => void {
    this.entries.add(bindings);
    return () => this.entries.delete(bindings);
  }

  /** The binding that a key means now. A key that begins a pair means nothing yet. */
  find({ key, hasMod, isTyping }: PressedKey, now: number): KeyBinding | undefined {
    const pair = this.first !== undefined && now - this.first.at <= PAIR_MS ? `${this.first.key} ${key}` : undefined;
    this.first = undefined;
    const name = hasMod ? `mod+${key.toLowerCase()}` : key;
    const found = (pair !== undefined && this.best(pair, isTyping)) || this.best(name, isTyping);
    if (found === undefined && !isTyping && !hasMod && this.beginsPair(key)) this.first = { key, at: now };
    return found;
  }

  /** Each binding once, for the sheet of shortcuts. */
  list(): [keys: string, binding: KeyBinding][] {
    const all = new Map<string, KeyBinding>();
    for (const { current } of [...this.entries].toReversed()) {
      for (const [keys, binding] of Object.entries(current)) {
        if (!all.has(keys) && binding.isHidden !== true) all.set(keys, binding);
      }
    }
    return [...all];
  }

  private best(keys: string, isTyping: boolean): KeyBinding | undefined {
    const hasModal = [...this.entries].some(({ current }) =>
      Object.values(current).some(({ layer }) => layer === 'modal'),
    );
    return [...this.entries]
      .toReversed()
      .flatMap(({ current }) => current[keys] ?? [])
      .filter(({ isAllowedWhileTyping, layer = 'page' }) => {
        return (!isTyping || isAllowedWhileTyping === true) && (!hasModal || layer === 'modal');
      })
      .toSorted((a, b) => LAYER_ORDER[b.layer ?? 'page'] - LAYER_ORDER[a.layer ?? 'page'])[0];
  }

  private beginsPair(key: string): boolean {
    return [...this.entries].some(({ current }) => Object.keys(current).some((keys) => keys.startsWith(`${key} `)));
  }
}
