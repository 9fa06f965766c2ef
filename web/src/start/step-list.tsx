import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTimeZone } from '../app/session';
import type { Setup } from '../app/setup/setup-query';
import { presetsQuery } from '../networks/networks-queries';
import { classes } from '../ui/classes';
import { Button } from '../ui/controls/button';
import { CodedText } from '../ui/data/coded-text';
import { StatusMark } from '../ui/data/status';
import { useNow } from '../ui/data/time';
import { formatClock, formatDay, formatWhen, isoDay } from '../ui/data/time-format';
import { hasDetail, StepAct, useCanAct } from './acts/step-act';
import { Listening } from './listening';
import { seenSentence, type SetupStep } from './seen-sentences';
import { startWords } from './start-words';
import styles from './step-list.module.css';

/** The steps in their order. The current one listens, and has its act. */
export function StepList({ setup }: { setup: Setup }) {
  const now = useNow();
  return (
    <ol className={styles.steps}>
      {setup.steps.map((step) => (
        <StepLine key={step.id} step={step} setup={setup} now={now} />
      ))}
    </ol>
  );
}

function StepLine({ step, setup, now }: { step: SetupStep; setup: Setup; now: Date }) {
  const [isOpened, setOpened] = useState(false);
  const { id, state } = step;
  const isDone = state === 'done';
  const isCurrent = id === setup.current;
  const canAct = useCanAct(step, setup);
  const names = startWords.names[id];
  return (
    <li
      className={classes(styles.step, styles[state], isCurrent && styles.current)}
      data-step={id}
      data-state={state}
      aria-current={isCurrent ? 'step' : undefined}
    >
      <Dot step={step} isCurrent={isCurrent} />
      <div className={styles.content}>
        <div className={styles.line}>
          <h3>{isDone ? names.done : names.todo}</h3>
          {step.at === null ? null : <StepTime at={step.at} now={now} />}
          {state === 'open' && canAct && !isOpened ? (
            <span className="push">
              <Button isSmall look="quiet" onClick={() => setOpened(true)}>
                {startWords.doNow}
              </Button>
            </span>
          ) : null}
        </div>
        <Sentence step={step} now={now} />
        {(isCurrent || isOpened || (isDone && hasDetail(step))) && state !== 'hidden' ? (
          <StepAct step={step} setup={setup} canAct={canAct} />
        ) : null}
        {isCurrent ? <Listening key={id} step={step} /> : null}
      </div>
    </li>
  );
}

function Sentence({ step, now }: { step: SetupStep; now: Date }) {
  const timeZone = useTimeZone();
  const presetId = step.id === 'network' ? (step.seen?.preset ?? null) : null;
  const presets = useQuery({ ...presetsQuery, enabled: presetId !== null });
  const presetName = presets.data?.find(({ id }) => id === presetId)?.name;
  if (step.state === 'hidden') return <p>{startWords.hidden}</p>;
  const seen = seenSentence(step, (at) => formatWhen(new Date(at), timeZone, now), presetName);
  return (
    <p className={step.state === 'problem' ? styles.problemText : undefined}>
      <CodedText>{seen ?? startWords.expects[step.id]}</CodedText>
    </p>
  );
}

function StepTime({ at, now }: { at: string; now: Date }) {
  const timeZone = useTimeZone();
  const time = new Date(at);
  const clock = formatClock(time, timeZone, { hasSeconds: false });
  const isToday = isoDay(time, timeZone) === isoDay(now, timeZone);
  return (
    <time dateTime={at} title={`${formatDay(time, timeZone)}, ${formatClock(time, timeZone)}`} className={styles.time}>
      {isToday ? clock : formatDay(time, timeZone, now)}
    </time>
  );
}

/** Solid: seen. Pulsing: listened for. A ring: later. */
function Dot({ step: { state }, isCurrent }: { step: SetupStep; isCurrent: boolean }) {
  const word =
    state === 'done'
      ? startWords.done
      : state === 'problem'
        ? startWords.needsLook
        : isCurrent
          ? startWords.listeningNow
          : startWords.notYet;
  return (
    <span className={styles.dot}>
      {state === 'done' ? (
        <StatusMark shape="approved" size={18} />
      ) : state === 'problem' ? (
        <StatusMark shape="waits" size={18} />
      ) : isCurrent ? (
        <span className={styles.pulse} />
      ) : (
        <span className={styles.ring} />
      )}
      <span className="visually-hidden">{word}</span>
    </span>
  );
}
