import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useRef } from 'react';
import { useKeys } from '../../app/keyboard';
import { Kbd } from '../../ui/controls/kbd';
import { useSearchText } from '../../ui/controls/use-search-text';
import { postbackWords as words } from '../postbacks-words';
import styles from './list.module.css';

/** The search of the log. */
export function LogSearch({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useSearchText(value, onChange);
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
