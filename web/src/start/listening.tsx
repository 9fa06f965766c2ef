import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CodedText } from '../ui/data/coded-text';
import { StatusMark } from '../ui/data/status';
import { useNow } from '../ui/data/time';
import { formatSpan } from '../ui/data/time-format';
import { type CheckPlace, checkLine } from './check-sentences';
import type { SetupStep } from './seen-sentences';
import { startWords } from './start-words';
import styles from './listening.module.css';

const SECOND_MS = 1_000;
const SILENCE_MS = 60_000;

/** How long the page has listened for a step. After 60 s of silence, or for a problem, the things to check. */
export function Listening({ step }: { step: SetupStep }) {
  const now = useNow();
  const [since] = useState(() => Date.now());
  const elapsed = Math.max(0, now.getTime() - since);
  const isProblem = step.state === 'problem';
  const title = startWords.listening[step.id];
  const isSilent = elapsed >= SILENCE_MS && title !== '';
  const hasChecks = (isSilent || isProblem) && step.checks.length > 0;
  if (title === '' && !hasChecks) return null;
  return (
    <div className={styles.box}>
      {title === '' || isProblem ? null : (
        <p className={styles.line}>
          <span className={styles.mark} aria-hidden="true" />
          <span className="strong">{title}</span>
          <span className="muted" role="timer">
            {formatSpan(Math.max(elapsed, SECOND_MS))}
          </span>
        </p>
      )}
      <div aria-live="polite">
        {hasChecks ? (
          <>
            <p className="secondary">{isProblem ? startWords.lookAt : startWords.silent}</p>
            <ul className={styles.checks}>
              {step.checks.map((check) => {
                const { text, place, act } = checkLine(check);
                return (
                  <li key={check.key}>
                    <span className={styles.ring}>
                      <StatusMark shape="pending" size={14} />
                    </span>
                    <span className="anywhere">
                      <CodedText>{text}</CodedText> {place === undefined ? null : <PlaceLink place={place} act={act} />}
                    </span>
                  </li>
                );
              })}
            </ul>
          </>
        ) : null}
      </div>
    </div>
  );
}

function PlaceLink({ place, act }: { place: CheckPlace; act: string }) {
  const className = 'text-link';
  switch (place.page) {
    case 'link':
      return (
        <Link to="/links/$linkId" params={{ linkId: place.id }} className={className}>
          {act}
        </Link>
      );
    case 'postback':
      return (
        <Link to="/postbacks" search={{ id: place.id }} className={className}>
          {act}
        </Link>
      );
    case 'network':
      return (
        <Link to="/networks" search={{ id: place.id }} className={className}>
          {act}
        </Link>
      );
    case 'networks':
      return (
        <Link to="/networks" className={className}>
          {act}
        </Link>
      );
  }
}
