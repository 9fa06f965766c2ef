import { useSyncExternalStore } from 'react';

/** A value outside of the components, which they read with `use` and which any code may change. */
interface Store<Value> {
  get: () => Value;
  set: (value: Value) => void;
  /** The value, as a hook: the component is drawn again when it changes. */
  use: () => Value;
}

export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const get = (): Value => value;
  return {
    get,
    set: (next) => {
      value = next;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, get),
  };
}
