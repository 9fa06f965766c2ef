import { useEffect, useRef } from 'react';
import { useAct } from '../../ui/controls/act-button';
import { Button } from '../../ui/controls/button';
import { formatCount } from '../../ui/data/money-format';
import { Status, VERDICT_NAMES, VerdictMark } from '../../ui/data/status';
import { useNow } from '../../ui/data/time';
import { CodeText } from '../entry/code-text';
import { fixWords as words } from './fix-words';
import type { ActiveChange } from './use-mapping-changes';
import styles from './fix.module.css';

const SECOND_MS = 1_000;

/** A changed mapping: the time for its undo, the progress of its run, and the result. */
export function ChangeProgress({
  active,
  onRunNow,
  onUndo,
  onClose,
}: {
  active: ActiveChange;
  onRunNow: () => Promise<void>;
  onUndo: () => Promise<void>;
  onClose: () => void;
}) {
  const { change, title } = active;
  const { total, done } = change.rerun;
  const card = useKeptFocus(change.state);
  return (
    <section className={styles.card} aria-live="polite" ref={card} tabIndex={-1}>
      <div className={styles.top}>
        <h3 className={`grow ${styles.heading}`}>
          <CodeText text={title} className={styles.name} />
        </h3>
        <Status shape="approved" tone="good">
          {words.mapped}
        </Status>
      </div>
      {change.state === 'undoable' ? <Countdown active={active} onRunNow={onRunNow} onUndo={onUndo} /> : null}
      {change.state === 'running' ? (
        <>
          <p aria-live="off">{words.runs(total, done)}</p>
          <progress
            className={styles.progress}
            max={Math.max(1, total)}
            value={done}
            aria-label={words.runs(total, done)}
          />
        </>
      ) : null}
      {change.state === 'done' ? <Result active={active} onClose={onClose} /> : null}
    </section>
  );
}

/** The focus stays in the card when the button that had it goes. */
function useKeptFocus(state: string) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) card.current?.focus();
  }, [state]);
  return card;
}

function Countdown({
  active,
  onRunNow,
  onUndo,
}: {
  active: ActiveChange;
  onRunNow: () => Promise<void>;
  onUndo: () => Promise<void>;
}) {
  const now = useNow();
  const run = useAct(onRunNow);
  const undo = useAct(onUndo);
  const seconds = Math.ceil((Date.parse(active.change.undoUntil) - now.getTime()) / SECOND_MS);
  const isBusy = run.isBusy || undo.isBusy;
  return (
    <>
      <div className={styles.acts}>
        <Button look="primary" isBusy={run.isBusy} disabled={isBusy} onClick={run.run}>
          {words.runNow}
        </Button>
        <Button isBusy={undo.isBusy} disabled={isBusy} onClick={undo.run}>
          {words.undo}
        </Button>
        <span className="note" aria-live="off">
          {words.runsIn(active.wouldCount, seconds)}
        </span>
      </div>
      <p role="alert" className="bad">
        {run.error ?? undo.error}
      </p>
    </>
  );
}

function Result({ active, onClose }: { active: ActiveChange; onClose: () => void }) {
  const { total, counts } = active.change.rerun;
  return (
    <>
      <p>{total === 0 ? words.noneRan : words.hasRun(total)}</p>
      <p className={styles.result}>
        {VERDICT_NAMES.filter((verdict) => (counts[verdict] ?? 0) > 0).map((verdict) => (
          <span key={verdict}>
            <VerdictMark verdict={verdict} isBare /> <b className="medium">{formatCount(counts[verdict] ?? 0)}</b>
          </span>
        ))}
        <Button isSmall look="quiet" onClick={onClose}>
          {words.close}
        </Button>
      </p>
    </>
  );
}
