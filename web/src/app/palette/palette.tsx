import IconBolt from '@tabler/icons-react/dist/esm/icons/IconBolt.mjs';
import IconFileSearch from '@tabler/icons-react/dist/esm/icons/IconFileSearch.mjs';
import IconLayoutSidebar from '@tabler/icons-react/dist/esm/icons/IconLayoutSidebar.mjs';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Fragment, useEffect, useId, useRef, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { messageOf } from '../../api/problem';
import { useKeys } from '../keyboard';
import { SETTINGS_PAGES, START, WORK_PAGES } from '../navigation';
import { isNamed, markMatches, type PaletteEntry, pageOfResult } from './palette-entries';
import { paletteWords } from './palette-words';
import { hasScope, useMe } from '../session';
import { appWords } from '../words';
import { useDebounced } from '../use-debounced';
import styles from './palette.module.css';

const ICONS = { found: IconFileSearch, pages: IconLayoutSidebar, acts: IconBolt } as const;
const TYPING_MS = 150;

/** The palette: finds anything by its id, name or value, opens pages, and does acts. */
export function Palette({ onClose }: { onClose: () => void }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const [selected, setSelected] = useState(0);
  const { entries, isSearching, error } = useEntries(typed, onClose);
  const current = Math.min(selected, Math.max(entries.length - 1, 0));
  useKeys({ Escape: { act: onClose, label: '', layer: 'modal', isAllowedWhileTyping: true, isHidden: true } });
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [current, id]);
  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={appWords.find}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <input
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={entries.length > 0 ? `${id}-${current}` : undefined}
        aria-label={appWords.find}
        placeholder={paletteWords.placeholder}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setSelected(0);
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (step !== 0) {
            event.preventDefault();
            setSelected((current + step + entries.length) % Math.max(entries.length, 1));
          }
          if (event.key === 'Enter') entries[current]?.open();
        }}
      />
      <div className={styles.results} id={`${id}-list`} role="listbox" aria-label={appWords.find}>
        {entries.map((entry, index) => (
          <Fragment key={entry.id}>
            {entry.group === entries[index - 1]?.group ? null : (
              <div className={styles.group} role="presentation">
                {paletteWords.groups[entry.group]}
              </div>
            )}
            <PaletteLine
              id={`${id}-${index}`}
              entry={entry}
              typed={typed}
              isSelected={index === current}
              onHover={() => setSelected(index)}
            />
          </Fragment>
        ))}
        <p className={styles.group} role="status">
          {error === null
            ? isSearching
              ? paletteWords.searching
              : entries.length === 0
                ? paletteWords.nothing
                : ''
            : messageOf(error)}
        </p>
      </div>
    </dialog>
  );
}

function PaletteLine({
  id,
  entry,
  typed,
  isSelected,
  onHover,
}: {
  id: string;
  entry: PaletteEntry;
  typed: string;
  isSelected: boolean;
  onHover: () => void;
}) {
  const EntryIcon = ICONS[entry.group];
  return (
    // The input handles the keys, as in the combobox pattern of the ARIA Authoring Practices.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      className={styles.entry}
      onClick={entry.open}
      onMouseMove={onHover}
    >
      <EntryIcon className="icon" aria-hidden="true" />
      <span className="anywhere">
        {markMatches(entry.title, typed).map(({ text, isMatch }, index) =>
          isMatch ? <b key={index}>{text}</b> : <span key={index}>{text}</span>,
        )}
      </span>
      <span className="push note nowrap">{entry.detail}</span>
    </div>
  );
}

/** Ids and names that were found come first, then pages, then acts. */
function useEntries(
  typed: string,
  onClose: () => void,
): { entries: PaletteEntry[]; isSearching: boolean; error: Error | null } {
  const navigate = useNavigate();
  const me = useMe();
  const query = useDebounced(typed.trim(), TYPING_MS);
  const { data, isFetching, error } = useQuery({
    queryKey: ['search', query],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/api/v1/search', { params: { query: { q: query } }, signal })),
    enabled: query !== '',
    placeholderData: keepPreviousData,
  });
  const open = (path: string) => (): void => {
    onClose();
    void navigate({ to: path });
  };
  const found = (query === '' ? [] : (data?.results ?? [])).flatMap((result): PaletteEntry[] => {
    const path = pageOfResult(result);
    const detail = paletteWords.kinds[result.kind] ?? result.kind;
    return path === null ? [] : [{ id: result.id, group: 'found', title: result.title, detail, open: open(path) }];
  });
  const pages = [START, ...WORK_PAGES, ...SETTINGS_PAGES]
    .filter(({ scope, label }) => (scope === undefined || hasScope(me, scope)) && isNamed(label, typed))
    .map(({ to, label, key }): PaletteEntry => ({
      id: to,
      group: 'pages',
      title: label,
      detail: `g ${key}`,
      open: open(to),
    }));
  const acts = [{ id: 'new-link', title: appWords.newLink, detail: 'c', path: '/links?builder=new' }]
    .filter(({ title }) => isNamed(title, typed))
    .map(({ path, ...act }): PaletteEntry => ({ ...act, group: 'acts', open: open(path) }));
  return { entries: [...found, ...pages, ...acts], isSearching: isFetching || query !== typed.trim(), error };
}
