import { readFileSync } from 'node:fs';

const LIMIT = /^Max open files\s+(\d+)/m;
/** Open files reserved for databases, spool files and outgoing requests: a quarter, and at least this many. */
const LEAST_KEPT_BACK = 128;
const LEAST_CONNECTIONS = 64;
/** Each connection takes a few KB, and up to 16 KB while its request arrives. */
const MOST_CONNECTIONS = 50_000;

/** The maximum number of open files and connections of this process; `undefined` where the system does not say. */
export function openFilesLimit(read = (): string => readFileSync('/proc/self/limits', 'utf8')): number | undefined {
  try {
    const limit = LIMIT.exec(read())?.[1];
    return limit === undefined ? undefined : Number(limit);
  } catch {
    return undefined;
  }
}

/** The maximum number of connections of a server, by the number of files that its process may open. */
export function maxConnectionsFor(openFiles: number | undefined): number {
  if (openFiles === undefined) return MOST_CONNECTIONS;
  const rest = openFiles - Math.max(LEAST_KEPT_BACK, Math.ceil(openFiles / 4));
  return Math.max(LEAST_CONNECTIONS, Math.min(MOST_CONNECTIONS, rest));
}
