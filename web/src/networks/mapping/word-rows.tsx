import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { type ReactNode, useId } from 'react';
import { Button } from '../../ui/controls/button';
import { type Choice, SelectField } from '../../ui/controls/select-field';
import { TextField } from '../../ui/controls/text-field';
import { newRow, type RowProblem, type WordList, type WordRow } from './mapping-draft';
import { mappingWords } from './mapping-words';
import styles from './mapping-editor.module.css';

/**
 * A list of the mapping: what the network sends, and its meaning.
 * @param choices the meanings; absent where the meaning is typed
 * @param note what the preset says about the same
 */
export function WordRows({
  list,
  rows,
  choices,
  problems,
  error,
  note,
  canChange,
  onChange,
}: {
  list: WordList;
  rows: readonly WordRow[];
  choices?: readonly Choice[] | undefined;
  problems: ReadonlyMap<number, RowProblem>;
  error: string | undefined;
  note?: ReactNode;
  canChange: boolean;
  onChange: (rows: readonly WordRow[]) => void;
}) {
  const id = useId();
  const change = (key: number, changes: Partial<WordRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...changes } : row)));
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h3 id={id}>{mappingWords.lists[list]}</h3>
      <p className="note">{mappingWords.listHints[list]}</p>
      {note}
      {rows.length === 0 && !canChange ? <p className="note">{mappingWords.none}</p> : null}
      <ul className={styles.rows}>
        {rows.map((row) => (
          <Row
            key={row.key}
            {...{ list, row, choices, canChange }}
            problem={problems.get(row.key)}
            onChange={(changes) => change(row.key, changes)}
            onRemove={() => onChange(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
      </ul>
      {error === undefined ? null : (
        <p role="alert" className="bad">
          {error}
        </p>
      )}
      {canChange ? (
        <Button
          isSmall
          icon={<IconPlus className="icon-small" aria-hidden="true" />}
          onClick={() => onChange([...rows, newRow('', choices?.[0]?.value ?? '')])}
        >
          {mappingWords.add[list]}
        </Button>
      ) : null}
    </section>
  );
}

function Row({
  list,
  row: { word, meaning },
  choices,
  problem,
  canChange,
  onChange,
  onRemove,
}: {
  list: WordList;
  row: WordRow;
  choices: readonly Choice[] | undefined;
  problem: RowProblem | undefined;
  canChange: boolean;
  onChange: (changes: Partial<WordRow>) => void;
  onRemove: () => void;
}) {
  return (
    <li className={styles.row}>
      <TextField
        label={mappingWords.wordLabels[list]}
        isLabelHidden
        isMono
        placeholder={mappingWords.wordLabels[list]}
        inputMode={list === 'windows' ? 'numeric' : undefined}
        value={word}
        error={problem === undefined ? undefined : mappingWords.rowProblems[problem]}
        onChange={({ target }) => onChange({ word: target.value })}
      />
      <span className="muted" aria-hidden="true">
        →
      </span>
      {choices === undefined ? (
        <TextField
          label={mappingWords.meaningLabels[list]}
          isLabelHidden
          placeholder={mappingWords.meaningLabels[list]}
          value={meaning}
          onChange={({ target }) => onChange({ meaning: target.value })}
        />
      ) : (
        <SelectField
          label={mappingWords.meaningLabels[list]}
          isLabelHidden
          value={meaning}
          choices={choices}
          onChange={(value) => onChange({ meaning: value })}
        />
      )}
      {canChange ? (
        <Button
          look="quiet"
          icon={<IconX className="icon" aria-hidden="true" />}
          aria-label={mappingWords.remove(mappingWords.lists[list], word)}
          onClick={onRemove}
        />
      ) : null}
    </li>
  );
}
