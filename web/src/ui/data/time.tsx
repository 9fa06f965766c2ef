import { useEffect, useState } from 'react';
import { useTimeZone } from '../../app/session';
import { formatClock, formatDay, formatOffset, formatWhen } from './time-format';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** A time in the zone of the workspace; while it is younger than a minute, its age. The exact time is in its title. */
export function When({ at }: { at: string | Date }) {
  const timeZone = useTimeZone();
  const time = new Date(at);
  const [isYoung, setYoung] = useState(() => Date.now() - time.getTime() < MINUTE_MS);
  const now = useNow(isYoung);
  if (isYoung && now.getTime() - time.getTime() >= MINUTE_MS) setYoung(false);
  return (
    <time dateTime={time.toISOString()} title={exactTime(time, timeZone)} className="nowrap">
      {formatWhen(time, timeZone, now)}
    </time>
  );
}

/** The clock time alone, for lists whose day is named elsewhere. */
export function Clock({ at, hasMs = false }: { at: string | Date; hasMs?: boolean }) {
  const timeZone = useTimeZone();
  const time = new Date(at);
  return (
    <time dateTime={time.toISOString()} title={exactTime(time, timeZone)} className="nowrap">
      {formatClock(time, timeZone, { hasMs })}
    </time>
  );
}

function exactTime(time: Date, timeZone: string): string {
  return `${formatDay(time, timeZone)}, ${formatClock(time, timeZone, { hasMs: true })} ${formatOffset(time, timeZone)}`;
}

/** The time now, renewed each second while `isRunning`. */
export function useNow(isRunning = true): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(new Date()), SECOND_MS);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
