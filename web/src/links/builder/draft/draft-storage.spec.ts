import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EMPTY_DRAFT } from './draft';
import { draftName, forgetDraft, idempotencyKey, keepDraft, newDraftId, readDraft } from './draft-storage';

const kept = {
  id: 'a1',
  draft: { ...EMPTY_DRAFT, url: 'https://shop.example/' },
  before: EMPTY_DRAFT,
  savedAt: 1_764_000_000_000,
};
const name = draftName({ personId: 'usr_1', workspaceId: 'wsp_1', kind: 'new' });

describe('kept drafts', () => {
  const stored = new Map<string, string>();
  beforeEach(() =>
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    }),
  );
  afterEach(() => {
    stored.clear();
    vi.unstubAllGlobals();
  });

  it('come back as they were, for the same person and workspace only', () => {
    keepDraft(name, kept);
    expect(readDraft(name)).toEqual(kept);
    expect(readDraft(draftName({ personId: 'usr_2', workspaceId: 'wsp_1', kind: 'new' }))).toBeUndefined();
    forgetDraft(name);
    expect(readDraft(name)).toBeUndefined();
  });

  it('have no password', () => {
    keepDraft(name, { ...kept, draft: { ...kept.draft, password: 'secret-1' } });
    expect(readDraft(name)?.draft.password).toBe('');
    expect([...stored.values()].join(' ')).not.toContain('secret-1');
  });

  it('of another shape are ignored', () => {
    for (const draft of [null, {}, { ...kept.draft, tags: 'push' }, { ...kept.draft, url: undefined }]) {
      keepDraft(name, { ...kept, draft: draft as typeof kept.draft });
      expect(readDraft(name)).toBeUndefined();
    }
  });
});

it('gives the same draft and content one key, and others another', () => {
  const body = { url: 'https://shop.example/' };
  expect(idempotencyKey('a', body)).toBe(idempotencyKey('a', { ...body }));
  expect(idempotencyKey('a', body)).not.toBe(idempotencyKey('b', body));
  expect(idempotencyKey('a', body)).not.toBe(idempotencyKey('a', { url: 'https://shop.example/2' }));
  expect(idempotencyKey('a', body)).toMatch(/^[\x21-\x7e]{1,255}$/);
  expect(newDraftId()).not.toBe(newDraftId());
});
