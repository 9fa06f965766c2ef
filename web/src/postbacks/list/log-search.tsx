import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../../app/keyboard';
import { useDebounced } from '../../app/use-debounced';
import { Kbd } from '../../ui/controls/kbd';
import { postbackWords as words } from '../postbacks-words';
import styles from './list.module.css';

const TYPING_MS = 300;

/** The search of the log. It acts when the typing pauses; a text of the URL that was changed elsewhere replaces it. */
export function LogSearch({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (value !== shown) {
    setShown(value);
    if (value !== text.trim()) setText(value);
  }
  const settled = useDebounced(text.trim(), TYPING_MS);
  useEffect(() => {
    if (settled !== value && settled === text.trim()) onChange(settled);
    // oxlint-disable-next-line react/exhaustive-deps -- acts on the text alone, not on changes of the URL
  }, [settled]);
  // The layer is above that of the frame, whose `/` finds anything.
  useKeys({ '/': { act: () => input.current?.focus(), label: words.searchLabel, layer: 'sheet' } });
  return (
    <label className={styles.search}>
      <IconSearch className="icon" aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label={words.searchLabel}
        placeholder={words.search}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return;
          event.preventDefault();
          event.stopPropagation();
          setText('');
        }}
      />
      <Kbd>/</Kbd>
    </label>
  );
}
