import { TextField } from '../../ui/controls/text-field';
import { useSearchText } from '../../ui/controls/use-search-text';
import { conversionWords as words } from '../conversions-words';

/** The search of the list. */
export function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useSearchText(value, onChange);
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
