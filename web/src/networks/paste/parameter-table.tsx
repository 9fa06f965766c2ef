import type { Schema } from '../../api/client';
import { SelectField } from '../../ui/controls/select-field';
import { ParameterValue } from '../../ui/data/parameters';
import { type Mapping, ownMeaningOf } from '../mapping/mapping-edits';
import { mappingWords } from '../mapping/mapping-words';
import { type ReadParameter, reasonOf } from './because';
import { parameterKindOf } from '../../ui/data/parameter-kind';
import { isMappedOtherwise, takenFor, takenForChoices, takenForWord, withTakenFor } from './taken-for';
import styles from './parameter-table.module.css';

type Preview = Schema<'PreviewPostbackResponse'>;

/** How each parameter of a pasted request is read, and by which rule. Each can be taken for something else. */
export function ParameterTable({
  today,
  shown,
  mapping,
  storedMapping,
  presetParams,
  isProposal,
  onChange,
}: {
  /** Read with the stored mapping, and with the one that is shown. */
  today: Preview;
  shown: Preview;
  mapping: Mapping;
  storedMapping: Mapping;
  presetParams: Readonly<Record<string, readonly string[]>>;
  /** The shown mapping is a proposal, not a choice of the person. */
  isProposal: boolean;
  /** Absent for those who only read. */
  onChange?: ((mapping: Mapping) => void) | undefined;
}) {
  if (shown.parameters.length === 0) return null;
  return (
    <table className={styles.table} aria-label={mappingWords.table}>
      <thead>
        <tr>
          <th scope="col">{mappingWords.sends}</th>
          <th scope="col">{mappingWords.takenFor}</th>
          <th scope="col">{mappingWords.because}</th>
        </tr>
      </thead>
      <tbody>
        {shown.parameters.map((parameter, index) => {
          const taken = takenFor(parameter, shown.event, mapping);
          const before = today.parameters[index];
          const takenToday = before === undefined ? taken : takenFor(before, today.event, storedMapping);
          return (
            <tr key={`${index} ${parameter.name}`}>
              <td>
                <SentParameter parameter={parameter} />
              </td>
              <td>
                {onChange === undefined ? (
                  takenForWord(taken)
                ) : (
                  <SelectField
                    label={mappingWords.takenForLabel(parameter.name)}
                    isLabelHidden
                    isQuiet
                    value={taken}
                    choices={takenForChoices(taken, ownMeaningOf(mapping, parameter.name) !== undefined)}
                    onChange={(next) => onChange(withTakenFor(mapping, parameter, next))}
                  />
                )}
              </td>
              <td className={styles.because}>
                {isMappedOtherwise(parameter, mapping, storedMapping)
                  ? changedWord(takenForWord(takenToday), isProposal)
                  : reasonOf(parameter, shown, mapping, presetParams)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function changedWord(before: string, isProposal: boolean): string {
  const words = mappingWords.because_;
  return isProposal ? words.proposed(before) : words.chosen(before);
}

function SentParameter({ parameter }: { parameter: ReadParameter }) {
  return (
    <span className={styles.sent}>
      <span className="muted">{parameter.name}=</span>
      <ParameterValue kind={parameterKindOf(parameter.kind)}>{parameter.value}</ParameterValue>
    </span>
  );
}
