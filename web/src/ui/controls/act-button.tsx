import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from 'react';
import { messageOf } from '../../api/problem';
import { uiWords } from '../words';
import { Button } from './button';
import styles from './act-button.module.css';

/** Runs an act once at a time. Its error is kept, to be shown beside the button. */
export function useAct(act: () => Promise<unknown>): { run: () => void; isBusy: boolean; error: string | null } {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const isRunning = useRef(false);
  const run = async (): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (failure) {
      setError(messageOf(failure));
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };
  return { run: () => void run(), isBusy, error };
}

type Looks = Pick<ComponentProps<typeof Button>, 'look' | 'isSmall' | 'isWide' | 'icon'>;

/** A button with an act that takes time; an error stands below it. */
export function ActButton({ act, children, ...looks }: Looks & { act: () => Promise<unknown>; children: ReactNode }) {
  const { run, isBusy, error } = useAct(act);
  return (
    <div className={looks.isWide === true ? styles.wideAct : styles.act}>
      <Button {...looks} isBusy={isBusy} onClick={run}>
        {children}
      </Button>
      <p role="alert" className={styles.error}>
        {error}
      </p>
    </div>
  );
}

/** A button that asks in its place before it acts: for acts that cannot be undone. */
export function ConfirmedButton({
  label,
  question,
  act,
  isSmall = true,
}: {
  label: string;
  question: string;
  act: () => Promise<unknown>;
  isSmall?: boolean;
}) {
  const [isAsking, setAsking] = useState(false);
  const begin = useRef<HTMLButtonElement>(null);
  const no = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  const { run, isBusy, error } = useAct(act);
  useEffect(() => {
    if (isAsking) no.current?.focus();
    else if (wasAsking.current) begin.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  if (!isAsking) {
    return (
      <Button ref={begin} look="danger" isSmall={isSmall} onClick={() => setAsking(true)}>
        {label}
      </Button>
    );
  }
  return (
    <div className={styles.question}>
      <p>{question}</p>
      <div className="row">
        <Button look="danger" isSmall={isSmall} isBusy={isBusy} onClick={run}>
          {label}
        </Button>
        <Button ref={no} isSmall={isSmall} onClick={() => setAsking(false)}>
          {uiWords.cancel}
        </Button>
      </div>
      <p role="alert" className={styles.error}>
        {error}
      </p>
    </div>
  );
}
