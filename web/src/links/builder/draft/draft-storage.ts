import { readStored, writeStored } from '../../../app/storage';
import { type Draft, EMPTY_DRAFT } from './draft';
import { hashText } from './draft-values';

/** A draft as this browser keeps it. */
export interface KeptDraft {
  /** Names the draft, so that a repeated request creates one link only. */
  id: string;
  draft: Draft;
  /** The link as it was when the changes began, so that only these are saved. */
  before: Draft;
  /** In milliseconds. */
  savedAt: number;
}

const PREFIX = 'link-draft:';

export function draftName(parts: { personId: string; workspaceId: string; kind: string }): string {
  return `${PREFIX}${parts.workspaceId}:${parts.personId}:${parts.kind}`;
}

export function readDraft(name: string): KeptDraft | undefined {
  return readStored(name, (value) => (isKeptDraft(value) ? value : undefined));
}

/** Passwords stay in the memory of the page. */
export function keepDraft(name: string, kept: KeptDraft): void {
  writeStored(name, { ...kept, draft: { ...kept.draft, password: '' } });
}

export function forgetDraft(name: string): void {
  writeStored(name, undefined);
}

/** An id from the browser's source of random numbers; `randomUUID` is missing on plain http. */
export function newDraftId(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The same draft and content have the same key, whichever tab sends it. */
export function idempotencyKey(draftId: string, body: unknown): string {
  return `${draftId}-${hashText(JSON.stringify(body))}`;
}

function isKeptDraft(value: unknown): value is KeptDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { id, draft, before, savedAt } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof savedAt === 'number' && isDraft(draft) && isDraft(before);
}

/** Whether it has the shape of this version's drafts. */
function isDraft(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(EMPTY_DRAFT).every(([name, example]) => {
    const given = (value as Record<string, unknown>)[name];
    return typeof given === typeof example && Array.isArray(given) === Array.isArray(example);
  });
}
