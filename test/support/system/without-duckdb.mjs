// Loaded with --import: DuckDB cannot be loaded in this process, as on a platform for which it has no binary.
import { register } from 'node:module';

const hook = `
  export function resolve(specifier, context, next) {
    if (specifier.startsWith('@duckdb/')) throw new Error('no binary for this platform');
    return next(specifier, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
