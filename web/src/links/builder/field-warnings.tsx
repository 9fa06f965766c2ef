import { asSentence } from '../../api/problem';
import { Button } from '../../ui/controls/button';
import { useBuilder } from './builder-context';
import { builderWords } from './builder-words';
import styles from './builder.module.css';

/** The warnings of a field. A suggested value can be used at once. */
export function FieldWarnings({ path, onUse }: { path: string; onUse?: (value: string) => void }) {
  const { preview } = useBuilder();
  const warnings = preview?.warnings.filter((warning) => warning.path === path) ?? [];
  return warnings.map(({ code, message, suggestion }) => (
    <p key={`${code} ${message}`} className={styles.warning}>
      <span>{asSentence(message)}</span>
      {suggestion === undefined || onUse === undefined ? null : (
        <Button isSmall onClick={() => onUse(suggestion)}>
          {builderWords.useSuggestion}
        </Button>
      )}
    </p>
  ));
}

/** A problem that belongs to no input. */
export function ProblemLine({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p role="alert" className={styles.problem}>
      {text}
    </p>
  );
}
