declare const PROVIDER: unique symbol;

/** A call from a module to a module above it, which it must not import. One class provides it. */
export interface Port<T> {
  readonly kind: 'one';
  readonly name: string;
  readonly [PROVIDER]?: T;
}

/** The same with several providers, each under a name of its own. */
export interface PortList<T> {
  readonly kind: 'list';
  readonly name: string;
  readonly [PROVIDER]?: T;
}

/** Declares a port in the lower module's `*.ports.ts`. It has to be listed in `src/runtime/port-providers.ts`. */
export function declarePort<T>(name: string): Port<T> {
  return { kind: 'one', name };
}

/** As `declarePort`, for several providers. */
export function declarePortList<T>(name: string): PortList<T> {
  return { kind: 'list', name };
}
