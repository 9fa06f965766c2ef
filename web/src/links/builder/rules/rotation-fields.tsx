import { Segments } from '../../../ui/controls/segments';
import { SelectField } from '../../../ui/controls/select-field';
import { TextField } from '../../../ui/controls/text-field';
import { useBuilder } from '../builder-context';
import form from '../builder.module.css';
import type { RotationDraft } from '../draft/draft';
import { ProblemLine } from '../field-warnings';
import options from '../options/options.module.css';
import { goals } from './goals';
import { rulesWords } from './rules-words';

/** How variants share the visitors: by their weights, or by their results. */
export function RotationFields() {
  const { draft, change, problemAt } = useBuilder();
  const { rotation } = draft;
  const set = (changed: Partial<RotationDraft>): void => change({ rotation: { ...rotation, ...changed } });
  return (
    <fieldset className={options.group}>
      <legend>{rulesWords.rotation}</legend>
      <div>
        <Segments
          label={rulesWords.rotation}
          segments={[
            { value: 'weighted', label: rulesWords.modes.weighted },
            { value: 'optimised', label: rulesWords.modes.optimised },
          ]}
          value={rotation.mode}
          onChange={(mode) => set({ mode })}
        />
      </div>
      <ProblemLine text={problemAt('rotation')} />
      {rotation.mode === 'weighted' ? null : (
        <div className={form.fields}>
          <SelectField
            label={rulesWords.goal}
            choices={goals}
            value={rotation.goal}
            error={problemAt('rotation.goal')}
            onChange={(goal) => set({ goal })}
          />
          <TextField
            label={rulesWords.windowDays}
            inputMode="numeric"
            value={rotation.windowDays}
            maxLength={3}
            error={problemAt('rotation.windowDays')}
            onChange={(event) => set({ windowDays: event.target.value })}
          />
          <TextField
            label={rulesWords.exploration}
            inputMode="decimal"
            value={rotation.exploration}
            maxLength={8}
            error={problemAt('rotation.exploration')}
            onChange={(event) => set({ exploration: event.target.value })}
          />
        </div>
      )}
    </fieldset>
  );
}
