import { useEffect, useState } from 'react';
import { useDebounced } from '../../app/use-debounced';
import { TextField } from '../../ui/controls/text-field';
import { conversionWords as words } from '../conversions-words';

const TYPING_MS = 300;

/** The search of the list. It acts when the typing pauses; text of the URL that was changed elsewhere replaces it. */
export function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
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
  return (
    <TextField
      label={words.search}
      isLabelHidden
      type="search"
      placeholder={words.search}
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
