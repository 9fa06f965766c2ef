const PREFIX = 'hopback:';

/**
 * The value that this browser has stored under a name. Undefined if there is nothing, or if `check` does not accept it, for example
 * because an earlier version stored another shape.
 */
export function readStored<Value>(name: string, check: (value: unknown) => Value | undefined): Value | undefined {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? undefined : check(JSON.parse(text));
  } catch {
    return undefined; // no storage, or no JSON
  }
}

/** Stores a value in this browser; `undefined` removes it. Without storage (private windows) nothing is kept. */
export function writeStored(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // The page works without it.
  }
}
