import { FORWARD_QUERY } from './destination/destination.js';
import { CompiledLink, type RoutedLink } from './compiled-link.js';
import { REDIRECT_STATUSES } from '../link.schema.js';

/**
 * Compiles a link that was stored as JSON on disk or in Redis.
 * @returns `undefined` when the value is not a link by the rules of this version.
 */
export function compileStoredLink(value: unknown): CompiledLink | undefined {
  if (!isRoutedLink(value)) return undefined;
  try {
    return new CompiledLink(value);
  } catch {
    return undefined; // its destination is not a URL template
  }
}

function isRoutedLink(value: unknown): value is RoutedLink {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  const texts = ['_id', 'workspaceId', 'hostname', 'slug', 'url'];
  const { clickIdParam } = fields;
  return (
    texts.every((name) => typeof fields[name] === 'string') &&
    typeof fields['number'] === 'number' &&
    (clickIdParam === null || typeof clickIdParam === 'string') &&
    FORWARD_QUERY.some((rule) => rule === fields['forwardQuery']) &&
    REDIRECT_STATUSES.some((status) => status === fields['redirectStatus'])
  );
}
