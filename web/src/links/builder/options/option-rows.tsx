import IconAdjustmentsHorizontal from '@tabler/icons-react/dist/esm/icons/IconAdjustmentsHorizontal.mjs';
import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconRoute from '@tabler/icons-react/dist/esm/icons/IconRoute.mjs';
import IconTag from '@tabler/icons-react/dist/esm/icons/IconTag.mjs';
import { type ComponentType, useId } from 'react';
import { useTimeZone } from '../../../app/session';
import { classes } from '../../../ui/classes';
import { useBuilder } from '../builder-context';
import { builderWords } from '../builder-words';
import { ROW_FIELDS, ROW_NAMES, type RowName } from '../draft/problems';
import { RulesOptions } from '../rules/rules-options';
import { AccessOptions } from './access-options';
import { DetailsOptions } from './details-options';
import { ParamsOptions } from './params-options';
import { rowValue } from './row-values';
import { ScheduleOptions } from './schedule-options';
import styles from './options.module.css';

const ICONS: Readonly<Record<RowName, ComponentType<{ className?: string; 'aria-hidden'?: 'true' }>>> = {
  params: IconAdjustmentsHorizontal,
  rules: IconRoute,
  schedule: IconClock,
  access: IconLock,
  details: IconTag,
};

const CONTENTS: Readonly<Record<RowName, ComponentType>> = {
  params: ParamsOptions,
  rules: RulesOptions,
  schedule: ScheduleOptions,
  access: AccessOptions,
  details: DetailsOptions,
};

/** All other options: a row each, with its value at the right, that unfolds. */
export function OptionRows({
  open,
  onToggle,
}: {
  open: readonly RowName[];
  onToggle: (open: readonly RowName[]) => void;
}) {
  return (
    <div className={styles.rows}>
      {ROW_NAMES.map((name) => (
        <OptionRow
          key={name}
          name={name}
          isOpen={open.includes(name)}
          onToggle={() => onToggle(open.includes(name) ? open.filter((each) => each !== name) : [...open, name])}
        />
      ))}
    </div>
  );
}

function OptionRow({ name, isOpen, onToggle }: { name: RowName; isOpen: boolean; onToggle: () => void }) {
  const { draft, link, countIn } = useBuilder();
  const timeZone = useTimeZone();
  const id = useId();
  const RowIcon = ICONS[name];
  const Content = CONTENTS[name];
  const value = rowValue(name, draft, { timeZone, hadPassword: link?.hasPassword === true && !draft.removesPassword });
  const problems = countIn(ROW_FIELDS[name]);
  return (
    <section className={styles.row}>
      <h3 className={styles.heading}>
        <button type="button" className={styles.toggle} aria-expanded={isOpen} aria-controls={id} onClick={onToggle}>
          <RowIcon className="icon" aria-hidden="true" />
          <span>{builderWords.rows[name]}</span>
          {problems > 0 ? (
            <span className={classes(styles.value, 'bad')}>{builderWords.problems(problems)}</span>
          ) : (
            <span className={classes(styles.value, value.isSet && styles.isSet)}>{value.text}</span>
          )}
          <IconChevronRight className={classes('icon-small', styles.chevron)} aria-hidden="true" />
        </button>
      </h3>
      <div id={id} hidden={!isOpen} className={styles.content}>
        {isOpen ? <Content /> : null}
      </div>
    </section>
  );
}
