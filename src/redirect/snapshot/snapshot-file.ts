import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CompiledLink, RoutedLink } from '../../links/rules/compiled-link.js';
import { compileStoredLink } from '../../links/rules/compile-stored-link.js';

/** Format 1 of earlier versions has `extras` in place of `options`. Those versions would ignore `options`, and so passwords. */
const FORMAT = 2;
const READABLE_FORMATS: readonly unknown[] = [1, FORMAT];

/** The data besides links that a process needs to redirect without MongoDB. */
export interface SnapshotHead {
  /** Milliseconds since 1970. */
  savedAt: number;
  /** Key of click ids, as hex. */
  clickIdKey: string;
}

/** The path of a worker's snapshot. */
export function snapshotPath(dataDir: string, worker: number): string {
  return join(dataDir, `links-${worker}.snapshot`);
}

/** The workers with a snapshot, including those of earlier runs with more workers. */
export function workersWithSnapshot(dataDir: string): number[] {
  return readdirSync(dataDir)
    .map((name) => /^links-(\d+)\.snapshot$/.exec(name)?.[1])
    .filter((worker) => worker !== undefined)
    .map(Number);
}

export function hasSnapshot(dataDir: string, worker: number): boolean {
  return existsSync(snapshotPath(dataDir, worker));
}

/** Replaces the snapshot atomically, or leaves the old one. It has one JSON line for the head and one for each link. */
export async function writeSnapshot(path: string, head: SnapshotHead, links: Iterable<RoutedLink>): Promise<void> {
  const part = `${path}.part`;
  const stream = createWriteStream(part, { mode: 0o600 });
  const failed = once(stream, 'error').then(([error]) => Promise.reject(error as Error));
  failed.catch(() => undefined);
  const write = async (line: object): Promise<void> => {
    // Waiting for the stream bounds memory and keeps the event loop free.
    if (!stream.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(stream, 'drain'), failed]);
  };
  await write({ format: FORMAT, ...head });
  for (const link of links) await write(link);
  stream.end();
  await Promise.race([once(stream, 'close'), failed]);
  const file = await open(part, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}

/**
 * Reads a snapshot. Lines that are not links, or not valid in this version, are left out.
 * @param each called for each link.
 * @returns its head, or `undefined` when there is no snapshot of this format.
 */
export async function readSnapshot(
  path: string,
  each: (link: CompiledLink) => void,
): Promise<SnapshotHead | undefined> {
  if (!existsSync(path)) return undefined;
  let head: SnapshotHead | undefined;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const value = parse(line);
    if (head === undefined) {
      if (value === undefined || !READABLE_FORMATS.includes(value['format']) || typeof value['clickIdKey'] !== 'string')
        return undefined;
      head = { savedAt: Number(value['savedAt']), clickIdKey: value['clickIdKey'] };
    } else {
      const link = compile(value);
      if (link !== undefined) each(link);
    }
  }
  return head;
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function compile(value: Record<string, unknown> | undefined): CompiledLink | undefined {
  if (value === undefined) return undefined;
  const { extras: options, ...link } = value;
  return compileStoredLink(options === undefined ? link : { ...link, options });
}
