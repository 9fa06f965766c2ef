import type { Preset } from '../gallery/gallery-entries';
import { canonicalWord } from '../paste/because';
import { mappingWords } from './mapping-words';

/** What the preset of a network already reads, so that it need not be entered again. */
export function PresetWords({
  preset,
  list,
}: {
  preset: Preset | undefined;
  list: 'params' | 'events' | 'statuses';
}) {
  const pairs: [word: string, meaning: string][] =
    list === 'params'
      ? Object.entries(preset?.mapping.params ?? {}).flatMap(([canonical, names]) =>
          names.map((name): [string, string] => [name, canonicalWord(canonical)]),
        )
      : Object.entries(preset?.mapping[list] ?? {});
  if (pairs.length === 0) return null;
  return (
    <p className="note">
      {mappingWords.presetReads}{' '}
      {pairs.map(([word, meaning], index) => (
        <span key={word}>
          {index === 0 ? '' : ', '}
          <code>{word}</code> {meaning}
        </span>
      ))}
    </p>
  );
}
