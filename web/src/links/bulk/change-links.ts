import { api, bodyOf, type Schema } from '../../api/client';
import { messageOf } from '../../api/problem';
import { showNotice, showProgress, showUndo } from '../../ui/layout/toasts-state';
import { uiWords } from '../../ui/words';
import type { Link } from '../link-types';
import { actWords, linksWords } from '../links-words';
import { reloadLinks, updateCachedLinks } from './cached-links';

/** Links that the API changes in one request. */
const CHUNK_SIZE = 100;

type Fields = Partial<Pick<Link, 'paused' | 'archived' | 'tags'>>;
type Result = Schema<'BulkResultResponse'>;

interface Act {
  /** Shown while it runs. */
  label: string;
  /** Shown afterwards, with the number of changed links. */
  done: (count: number) => string;
  /** The changed fields of a link; null if nothing changes. */
  fieldsOf: (link: Link) => Fields | null;
}

export const pauseLinks = (links: readonly Link[]): Promise<void> =>
  changeLinks(links, {
    label: linksWords.acts.pause,
    done: actWords.paused,
    fieldsOf: ({ paused }) => (paused ? null : { paused: true }),
  });

export const resumeLinks = (links: readonly Link[]): Promise<void> =>
  changeLinks(links, {
    label: linksWords.acts.resume,
    done: actWords.resumed,
    fieldsOf: ({ paused }) => (paused ? { paused: false } : null),
  });

export const archiveLinks = (links: readonly Link[]): Promise<void> =>
  changeLinks(links, {
    label: linksWords.acts.archive,
    done: actWords.archived,
    fieldsOf: ({ archived }) => (archived ? null : { archived: true }),
  });

export const unarchiveLinks = (links: readonly Link[]): Promise<void> =>
  changeLinks(links, {
    label: linksWords.acts.unarchive,
    done: actWords.unarchived,
    fieldsOf: ({ archived }) => (archived ? { archived: false } : null),
  });

export const tagLinks = (links: readonly Link[], tag: string): Promise<void> =>
  changeLinks(links, {
    label: linksWords.acts.tag,
    done: (count) => actWords.tagged(count, tag),
    fieldsOf: ({ tags }) => (tags.includes(tag) ? null : { tags: [...tags, tag] }),
  });

export const untagLinks = (links: readonly Link[], tag: string): Promise<void> =>
  changeLinks(links, {
    label: linksWords.acts.untag,
    done: (count) => actWords.untagged(count, tag),
    fieldsOf: ({ tags }) => (tags.includes(tag) ? { tags: tags.filter((each) => each !== tag) } : null),
  });

/** Changes links at once on the page, then on the server; what the server refuses is taken back. Undo restores the old values. */
async function changeLinks(links: readonly Link[], act: Act): Promise<void> {
  const changes = new Map(links.flatMap((link) => entryOf(link, act.fieldsOf(link))));
  if (changes.size === 0) return showNotice(actWords.nothing);
  showFields(changes);
  const failed = await inChunks([...changes.keys()], act.label, (ids) => sendFields(ids, changes));
  const before = new Map(links.flatMap((link) => entryOf(link, pickBefore(link, changes.get(link.id)))));
  if (failed.size > 0) showFields(new Map([...before].filter(([id]) => failed.has(id))));
  for (const id of failed.keys()) before.delete(id);
  if (before.size > 0) {
    showUndo(act.done(before.size), uiWords.undo, () => {
      showFields(before);
      void inChunks([...before.keys()], uiWords.undo, (ids) => sendFields(ids, before)).then(async () => {
        await reloadLinks({ isListStale: true });
      });
    });
  }
  await reloadLinks();
}

function entryOf({ id }: Link, fields: Fields | null): [string, Fields][] {
  return fields === null ? [] : [[id, fields]];
}

function pickBefore(link: Link, fields: Fields | undefined): Fields | null {
  if (fields === undefined) return null;
  return Object.fromEntries(Object.keys(fields).map((name) => [name, link[name as keyof Fields]]));
}

function showFields(changes: ReadonlyMap<string, Fields>): void {
  updateCachedLinks((link) => {
    const fields = changes.get(link.id);
    return fields === undefined ? link : { ...link, ...fields };
  });
}

async function sendFields(ids: readonly string[], changes: ReadonlyMap<string, Fields>): Promise<Result[]> {
  const items = ids.map((id) => ({ id, ...changes.get(id) }));
  return bodyOf(await api.PATCH('/api/v1/links/bulk', { body: { items } as Schema<'BulkUpdateRequest'> })).results;
}

/** Deletes links. The server keeps them for 30 days, so that this can be undone. */
export async function deleteLinks(links: readonly Link[]): Promise<void> {
  const ids = links.map(({ id }) => id);
  const gone = new Set(ids);
  updateCachedLinks((link) => (gone.has(link.id) ? undefined : link));
  const failed = await inChunks(ids, linksWords.acts.remove, async (chunk) => {
    return bodyOf(await api.DELETE('/api/v1/links/bulk', { body: { ids: chunk } })).results;
  });
  const deleted = ids.filter((id) => !failed.has(id));
  if (deleted.length > 0) {
    showUndo(actWords.deleted(deleted.length), uiWords.undo, () => void restoreLinks(deleted));
  }
  await reloadLinks({ isListStale: failed.size > 0 });
}

async function restoreLinks(ids: readonly string[]): Promise<void> {
  await inChunks(ids, uiWords.undo, async (chunk) => {
    return bodyOf(await api.POST('/api/v1/links/bulk/restore', { body: { ids: chunk } })).results;
  });
  await reloadLinks({ isListStale: true });
}

/** Sends many ids in parts, with the progress. @returns the ids that were refused, with the reasons, which it also shows */
async function inChunks(
  ids: readonly string[],
  label: string,
  send: (chunk: string[]) => Promise<Result[]>,
): Promise<ReadonlyMap<string, string>> {
  const failed = new Map<string, string>();
  const progress = ids.length > CHUNK_SIZE ? showProgress(actWords.running(label, 0, ids.length)) : undefined;
  for (let start = 0; start < ids.length; start += CHUNK_SIZE) {
    const chunk = ids.slice(start, start + CHUNK_SIZE);
    try {
      const results = await send(chunk);
      chunk.forEach((id, index) => {
        const error = results[index]?.error;
        if (error !== undefined) failed.set(id, error.detail);
      });
    } catch (error) {
      for (const id of chunk) failed.set(id, messageOf(error));
    }
    const done = start + chunk.length;
    progress?.update(actWords.running(label, done, ids.length), done / ids.length);
  }
  progress?.end();
  const [reason] = failed.values();
  if (reason !== undefined) showNotice(actWords.failed(failed.size, reason), { isError: true });
  return failed;
}
