import { Button } from '../../ui/controls/button';
import { useAct } from '../../ui/controls/act-button';
import { SelectField } from '../../ui/controls/select-field';
import { formatCount } from '../../ui/data/money-format';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import {
  choicesFor,
  chooseField,
  type ColumnChoices,
  hasOwner,
  type ImportField,
  mappingOf,
  type PreviewColumn,
} from './column-choices';
import type { ImportFile } from './import-file';
import type { ImportSearch } from './import-search';
import { COLUMN_REASONS, FIELD_NAMES, importWords as words } from './import-words';
import { usePreview, useStart } from './use-import';
import styles from './import.module.css';

/** The second step: what each column is read as. */
export function ColumnsStep({
  file,
  search,
  onChange,
}: {
  file: ImportFile;
  search: ImportSearch;
  onChange: (search: ImportSearch) => void;
}) {
  const preview = usePreview(file, search);
  const columns = preview.data?.columns ?? [];
  const choices = choicesFor(columns, search.mapping);
  // A column of click ids is named although it was not chosen by hand.
  const { start, sent } = useStart({ ...search, mapping: mappingOf(columns, choices) });
  const dryRun = useAct(() => start(file, { dryRun: true }));
  const { step: _step, ...options } = search;
  const back = (
    <Button look="quiet" onClick={() => onChange(options)}>
      {words.back}
    </Button>
  );
  if (preview.data === undefined) {
    return (
      <Card title={words.columns}>
        {preview.error === null ? (
          <Skeleton height={220} />
        ) : (
          <div className="stack">
            <ErrorBox error={preview.error} onRetry={() => void preview.refetch()} />
            <div>{back}</div>
          </div>
        )}
      </Card>
    );
  }
  const { rowsSeen, isWhole, delimiter, charset } = preview.data;
  const separator = words.delimiters[delimiter] ?? delimiter;
  return (
    <Card
      title={words.columns}
      note={`${file.name}: ${words.columnsNote(formatCount(rowsSeen), isWhole, separator, charset)}`}
    >
      <div className="stack">
        <ColumnTable
          columns={columns}
          choices={choices}
          onChoose={(position, field) =>
            onChange({ ...search, mapping: mappingOf(columns, chooseField(choices, position, field)) })
          }
        />
        {hasOwner(choices) ? null : <p className="waiting">{words.noOwner}</p>}
        {dryRun.error === null ? null : <ErrorBox error={new Error(dryRun.error)} />}
        <div className="row wrap">
          <Button look="primary" isBusy={dryRun.isBusy} onClick={dryRun.run}>
            {words.dryRun}
          </Button>
          {back}
          <span className="note" role="status">
            {dryRun.isBusy ? words.sending(Math.round(sent * 100)) : words.dryRunHint}
          </span>
        </div>
      </div>
    </Card>
  );
}

const FIELD_CHOICES = Object.entries(FIELD_NAMES).map(([value, label]) => ({ value, label }));

function ColumnTable({
  columns,
  choices,
  onChoose,
}: {
  columns: readonly PreviewColumn[];
  choices: ColumnChoices;
  onChoose: (position: number, field: ImportField | null) => void;
}) {
  return (
    <div className={styles.columns} role="table" aria-label={words.columns}>
      <div role="row" className={styles.columnsHead}>
        <span role="columnheader">{words.columnName}</span>
        <span role="columnheader">{words.samples}</span>
        <span role="columnheader">{words.readAs}</span>
      </div>
      {columns.map(({ position, name, samples, suggestedField, reason }) => {
        const field = choices.get(position) ?? null;
        return (
          <div key={position} role="row" className={styles.column}>
            <span role="cell" className="medium anywhere">
              {name === '' ? `#${position}` : name}
            </span>
            <span role="cell" className={`mono ${styles.samples}`}>
              {samples.length === 0 ? (
                <span className="muted">{words.noSamples}</span>
              ) : (
                samples.map((sample) => <span key={sample}>{sample}</span>)
              )}
            </span>
            <span role="cell">
              <SelectField
                label={words.readColumnAs(name)}
                isLabelHidden
                hint={field === suggestedField ? COLUMN_REASONS[reason] : undefined}
                value={field ?? ''}
                choices={[{ value: '', label: words.ignore }, ...FIELD_CHOICES]}
                onChange={(value) => onChoose(position, value === '' ? null : (value as ImportField))}
              />
            </span>
          </div>
        );
      })}
    </div>
  );
}
