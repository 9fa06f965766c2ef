import { useEffect, useState } from 'react';
import { useDebounced } from '../../app/use-debounced';

const TYPING_MS = 300;

/**
 * The text of a search field whose value is in the URL. It acts when the typing pauses; a text of the URL that was changed
 * elsewhere replaces it.
 */
export function useSearchText(
  value: string,
  onChange: (text: string) => void,
): [text: string, setText: (text: string) => void] {
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
  return [text, setText];
}
