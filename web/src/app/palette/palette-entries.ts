import type { Schema } from '../../api/client';

type SearchResult = Schema<'SearchResultResponse'>;

/** An entry of the palette: something that was found, a page, or an act. */
export interface PaletteEntry {
  id: string;
  group: 'found' | 'pages' | 'acts';
  title: string;
  /** At the right, in grey. */
  detail: string;
  open: () => void;
}

/** The page of something that was found, as a path of this application; `null` if its kind has no page. */
export function pageOfResult({ kind, id }: Pick<SearchResult, 'kind' | 'id'>): string | null {
  switch (kind) {
    case 'link':
      return `/links/${id}`;
    case 'click':
      return `/clicks/${id}`;
    case 'conversion':
      return `/conversions/${id}`;
    case 'postback':
      return `/postbacks?id=${id}`;
    case 'network':
      return `/networks?id=${id}`;
    default:
      return null;
  }
}

/** A text in parts, of which those that match what was typed are marked. Upper and lower case are the same. */
export function markMatches(text: string, typed: string): { text: string; isMatch: boolean }[] {
  const wanted = typed.trim().toLowerCase();
  const at = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted);
  if (at < 0) return [{ text, isMatch: false }];
  return [
    { text: text.slice(0, at), isMatch: false },
    { text: text.slice(at, at + wanted.length), isMatch: true },
    { text: text.slice(at + wanted.length), isMatch: false },
  ].filter((part) => part.text !== '');
}

/** Whether a page or act fits what was typed: each word begins one of its words. */
export function isNamed(title: string, typed: string): boolean {
  const words = title.toLowerCase().split(/\s+/);
  return typed
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
