import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import type { ReactNode } from 'react';
import { Clock } from '../ui/data/time';
import { formatSpan } from '../ui/data/time-format';
import { testRows, type TestStep } from './test/test-rows';
import { testWords } from './test/test-words';
import styles from './test-steps.module.css';

/**
 * The steps of a network's test, as `POST /api/v1/networks/{id}/test` reports them: Link, Click, Redirect, Postback, Verdict,
 * each with its mark, its answer and its time.
 * @param at when the test was sent
 * @param actions stand at the right of the head, such as "Send again"
 */
export function TestSteps({
  steps,
  at,
  actions,
}: {
  steps: readonly TestStep[];
  at?: string | Date | undefined;
  actions?: ReactNode;
}) {
  const rows = testRows(steps);
  const failed = rows.find(({ isOk }) => !isOk);
  const ms = rows.reduce((sum, row) => sum + row.ms, 0);
  return (
    <div className={styles.box}>
      <div className={styles.head}>
        <h3>{testWords.lastTest}</h3>
        <span className="note">
          {at === undefined ? null : (
            <>
              <Clock at={at} />
              {', '}
            </>
          )}
          {failed === undefined
            ? testWords.stepsDone(rows.length, formatSpan(ms))
            : testWords.stepFailed(testWords.steps[failed.id])}
        </span>
        {actions === undefined ? null : <span className="push">{actions}</span>}
      </div>
      <ol className={styles.steps}>
        {rows.map((row) => (
          <li key={row.id} className={styles.step}>
            <span className={row.isOk ? styles.good : styles.bad}>
              {row.isOk ? (
                <IconCheck className="icon-small" aria-hidden="true" />
              ) : (
                <IconX className="icon-small" aria-hidden="true" />
              )}
              <span className="visually-hidden">{row.isOk ? testWords.worked : testWords.failed}</span>
            </span>
            <span className="medium">{testWords.steps[row.id]}</span>
            <span className={styles.text}>
              {row.text}
              {row.more.map((text) => (
                <small key={text}>{text}</small>
              ))}
            </span>
            <span className={styles.ms}>{row.ms === 0 ? null : formatSpan(row.ms)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
