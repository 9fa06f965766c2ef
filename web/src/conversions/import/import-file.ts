import { createStore } from '../../app/store';

/** The chosen file. It stays while the application is open, whatever page is shown. */
export interface ImportFile {
  /** Tells one file from another in the cache of previews. */
  version: number;
  name: string;
  blob: Blob;
  /** Pasted text is UTF-8; a file may have any character set. */
  contentType: string;
}

const chosen = createStore<ImportFile | null>(null);
let versions = 0;

export function chooseFile(name: string, blob: Blob, contentType = 'text/csv'): void {
  chosen.set({ version: ++versions, name, blob, contentType });
}

export const usePreparedFile = chosen.use;

const UNITS = ['B', 'kB', 'MB'] as const;

/** `12.3 kB`. */
export function formatSize(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const size = bytes / 1_000 ** power;
  return `${power === 0 ? size : size.toFixed(1)} ${UNITS[power]}`;
}
