import { Menu } from '@mantine/core';
import IconCalendar from '@tabler/icons-react/dist/esm/icons/IconCalendar.mjs';
import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { type ReactNode, useState } from 'react';
import { useIsLive } from '../../app/live';
import { useTimeZone } from '../../app/session';
import { classes } from '../classes';
import { Button, ButtonGroup } from '../controls/button';
import { TextField } from '../controls/text-field';
import { useNow } from '../data/time';
import { formatClock, formatDay, formatOffset } from '../data/time-format';
import { PERIOD_NAMES, type DayRange, type PeriodName, type PeriodSearch, rangeOf, shiftRange } from './period';
import { periodWords } from './period-words';
import styles from './period-bar.module.css';

interface PeriodBarProps {
  search: PeriodSearch;
  fallback: PeriodName;
  onChange: (search: PeriodSearch) => void;
  /** When the shown data was loaded, in milliseconds since 1970. */
  loadedAt?: number | undefined;
  /** Which time counts, for example "Arrival time". */
  timeBy?: ReactNode;
  /** Filters and further switches. */
  children?: ReactNode;
}

/** The period of a page with its zone, its filters, and the age of what is shown. It is the same on each page. */
export function PeriodBar({ search, fallback, onChange, loadedAt, timeBy, children }: PeriodBarProps) {
  const timeZone = useTimeZone();
  const now = useNow(false);
  const range = rangeOf(search, fallback, timeZone, now);
  const [before, after] = [shiftRange(range, -1, timeZone, now), shiftRange(range, 1, timeZone, now)];
  return (
    <>
      <ButtonGroup label={periodWords.period}>
        <Button
          icon={<IconChevronLeft className="icon" />}
          aria-label={periodWords.before}
          disabled={before === null}
          onClick={() => before !== null && onChange(before)}
        />
        <PeriodMenu search={search} fallback={fallback} range={range} onChange={onChange} />
        <Button
          icon={<IconChevronRight className="icon" />}
          aria-label={periodWords.after}
          disabled={after === null}
          onClick={() => after !== null && onChange(after)}
        />
      </ButtonGroup>
      {timeBy}
      <span className={styles.zone} title={periodWords.zone}>
        {timeZone}
        {timeZone === 'UTC' ? null : <span className="muted"> {formatOffset(now, timeZone)}</span>}
      </span>
      {children}
      <span className="push row">
        <LiveMark />
        {loadedAt === undefined || loadedAt === 0 ? null : (
          <span className="muted nowrap">{periodWords.asOf(formatClock(new Date(loadedAt), timeZone))}</span>
        )}
      </span>
    </>
  );
}

function LiveMark() {
  const isLive = useIsLive();
  return (
    <span className={classes(styles.live, !isLive && styles.off)}>
      <i />
      {isLive ? periodWords.live : periodWords.notLive}
    </span>
  );
}

function PeriodMenu({
  search,
  fallback,
  range,
  onChange,
}: Pick<PeriodBarProps, 'search' | 'fallback' | 'onChange'> & { range: DayRange | null }) {
  const timeZone = useTimeZone();
  const name = search.from === undefined ? (search.period ?? fallback) : undefined;
  return (
    <Menu position="bottom-start" shadow="md" trapFocus>
      <Menu.Target>
        <Button icon={<IconCalendar className="icon" />}>
          {name === undefined ? null : <span>{periodWords.names[name]}</span>}
          <span className="muted">{describe(name, range, timeZone)}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {PERIOD_NAMES.map((each) => (
          <Menu.Item key={each} aria-current={each === name} onClick={() => onChange({ period: each })}>
            {periodWords.names[each]}
          </Menu.Item>
        ))}
        <CustomRange range={range} onChange={onChange} />
      </Menu.Dropdown>
    </Menu>
  );
}

function CustomRange({ range, onChange }: { range: DayRange | null; onChange: (search: PeriodSearch) => void }) {
  const [days, setDays] = useState<DayRange>(range ?? { from: '', to: '' });
  const isComplete = days.from !== '' && days.to !== '' && days.from <= days.to;
  return (
    <form
      className={styles.range}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) onChange(days);
      }}
    >
      <TextField
        type="date"
        label={periodWords.from}
        value={days.from}
        onChange={(event) => setDays({ ...days, from: event.target.value })}
      />
      <TextField
        type="date"
        label={periodWords.to}
        value={days.to}
        onChange={(event) => setDays({ ...days, to: event.target.value })}
      />
      <Button type="submit" disabled={!isComplete}>
        {periodWords.apply}
      </Button>
    </form>
  );
}

/** The days in words: one day, or the first and the last. */
function describe(name: PeriodName | undefined, range: DayRange | null, timeZone: string): string {
  if (range === null) return '';
  const day = (iso: string): string => formatDay(new Date(`${iso}T12:00:00Z`), 'UTC');
  if (name === 'today')
    return `${day(range.to)}, ${periodWords.until(formatClock(new Date(), timeZone, { hasSeconds: false }))}`;
  return range.from === range.to ? day(range.from) : `${day(range.from)} – ${day(range.to)}`;
}
