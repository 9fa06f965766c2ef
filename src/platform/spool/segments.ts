import { randomBytes } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file of records. */
export interface Segment {
  path: string;
  /** Order within its folder: a segment is complete as soon as there is a later one. */
  sequence: number;
  /** Its name, which is unique forever: part of it is random. */
  id: string;
}

const NAME = /^(\d{10})-[0-9a-f]{12}\.spool$/;

/** The name for a segment that does not exist yet. */
export function newSegment(folder: string, sequence: number): Segment {
  const id = `${String(sequence).padStart(10, '0')}-${randomBytes(6).toString('hex')}.spool`;
  return { id, sequence, path: join(folder, id) };
}

/** The segments in a folder, oldest first; none when there is no such folder. */
export function listSegments(folder: string): Segment[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => NAME.test(name))
    .map((id) => ({ id, sequence: Number(id.slice(0, 10)), path: join(folder, id) }))
    .sort((a, b) => a.sequence - b.sequence);
}

/** Bytes on the disk; 0 for a removed file. */
export function segmentSizeBytes(segment: Segment): number {
  return statSync(segment.path, { throwIfNoEntry: false })?.size ?? 0;
}
