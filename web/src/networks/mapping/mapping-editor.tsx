import { useMemo, useState } from 'react';
import { problemsByField } from '../../api/problem';
import { hasScope, useMe } from '../../app/session';
import { Button } from '../../ui/controls/button';
import { Card } from '../../ui/layout/card';
import { showUndo } from '../../ui/layout/toasts-state';
import type { Network, Preset } from '../gallery/gallery-entries';
import { usePatchNetwork, useRestoringPatch } from '../networks-queries';
import { networksWords } from '../networks-words';
import { canonicalWord } from '../paste/because';
import { CountingFields, DefaultFields, OtherFields } from './mapping-fields';
import { draftOf, type MappingDraft, patchOf, restoringPatch, rowProblems } from './mapping-draft';
import { CANONICAL_NAMES, EVENT_MEANINGS, STATUS_MEANINGS } from './mapping-edits';
import { mappingWords } from './mapping-words';
import { PresetWords } from './preset-words';
import { WordRows } from './word-rows';
import styles from './mapping-editor.module.css';

/** Fields of the request whose errors have a place in the editor. */
const FIELDS = [
  'mapping.params',
  'mapping.events',
  'mapping.statuses',
  'mapping.currencies',
  'mapping.charset',
  'defaults.currency',
  'defaults.payout',
  'windows',
  'clickIdParam',
] as const;

const sameLabels = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
const CANONICAL_CHOICES = CANONICAL_NAMES.map((value) => ({ value, label: canonicalWord(value) }));
const EVENT_CHOICES = sameLabels(EVENT_MEANINGS);
const WINDOW_CHOICES = sameLabels(EVENT_MEANINGS.filter((event) => event !== 'chargeback'));
const STATUS_CHOICES = sameLabels(STATUS_MEANINGS);

/** The mapping of a network as a form. What is typed stays until it is saved or discarded. */
export function MappingEditor({ network, preset }: { network: Network; preset: Preset | undefined }) {
  const canChange = hasScope(useMe(), 'networks:write');
  const stored = useMemo(() => draftOf(network), [network]);
  const [edited, setEdited] = useState<MappingDraft | null>(null);
  const draft = edited ?? stored;
  const problems = rowProblems(draft);
  const patch = usePatchNetwork(network.id);
  const restore = useRestoringPatch(network.id);
  const { fields, rest } = patch.error
    ? problemsByField(patch.error, FIELDS)
    : { fields: {} as Record<string, string>, rest: null };
  const change = (changes: Partial<MappingDraft>): void => setEdited({ ...draft, ...changes });
  const save = (): void =>
    patch.mutate(patchOf(draft), {
      onSuccess: () => {
        setEdited(null);
        showUndo(mappingWords.saved, networksWords.undo, () =>
          restore(restoringPatch(network), mappingWords.restored),
        );
      },
    });
  const rows = { problems, canChange };
  return (
    <Card title={mappingWords.editor} note={mappingWords.editorNote}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (problems.size === 0 && !patch.isPending) save();
        }}
      >
        <fieldset className={styles.form} disabled={!canChange}>
          <WordRows
            list="params"
            rows={draft.params}
            choices={CANONICAL_CHOICES}
            error={fields['mapping.params']}
            note={<PresetWords preset={preset} list="params" />}
            onChange={(params) => change({ params })}
            {...rows}
          />
          <WordRows
            list="events"
            rows={draft.events}
            choices={EVENT_CHOICES}
            error={fields['mapping.events']}
            note={<PresetWords preset={preset} list="events" />}
            onChange={(events) => change({ events })}
            {...rows}
          />
          <WordRows
            list="statuses"
            rows={draft.statuses}
            choices={STATUS_CHOICES}
            error={fields['mapping.statuses']}
            note={<PresetWords preset={preset} list="statuses" />}
            onChange={(statuses) => change({ statuses })}
            {...rows}
          />
          <DefaultFields draft={draft} errors={fields} onChange={change} />
          <CountingFields draft={draft} onChange={change} />
          <WordRows
            list="windows"
            rows={draft.windows}
            choices={WINDOW_CHOICES}
            error={fields['windows']}
            onChange={(windows) => change({ windows })}
            {...rows}
          />
          <WordRows
            list="currencies"
            rows={draft.currencies}
            error={fields['mapping.currencies']}
            onChange={(currencies) => change({ currencies })}
            {...rows}
          />
          <OtherFields draft={draft} errors={fields} onChange={change} />
          {rest === null ? null : (
            <p role="alert" className="bad">
              {rest}
            </p>
          )}
          {edited === null ? null : (
            <div className={styles.footer}>
              <span className="note">{problems.size > 0 ? mappingWords.mendRows : mappingWords.unsaved}</span>
              <span className="row push">
                <Button look="quiet" onClick={() => setEdited(null)}>
                  {mappingWords.discard}
                </Button>
                <Button look="primary" type="submit" isBusy={patch.isPending} disabled={problems.size > 0}>
                  {mappingWords.save}
                </Button>
              </span>
            </div>
          )}
        </fieldset>
      </form>
    </Card>
  );
}
