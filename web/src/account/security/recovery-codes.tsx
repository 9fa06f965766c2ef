import { useEffect, useRef } from 'react';
import { saveFile } from '../../ui/controls/save-file';
import { ActButton } from '../../ui/controls/act-button';
import { Button } from '../../ui/controls/button';
import { CopyButton } from '../../ui/controls/copy-button';
import { classes } from '../../ui/classes';
import styles from '../account-rows.module.css';
import { securityWords as words } from './security-words';

/** New recovery codes, which are shown once. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => Promise<void> }) {
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = `${codes.join('\n')}\n`;
  const download = (): void => {
    saveFile(
      new Blob([words.codesFile(window.location.host, text)], { type: 'text/plain' }),
      'hopback-recovery-codes.txt',
    );
  };
  return (
    <>
      <p ref={heading} tabIndex={-1} className="strong">
        {words.keepCodes}
      </p>
      <p>{words.codesAbout}</p>
      <ul className={classes(styles.secret, styles.codes, 'mono')} aria-label={words.recoveryCodes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.acts}>
        <CopyButton text={text} label={words.copyCodes} />
        <Button isSmall onClick={download}>
          {words.download}
        </Button>
      </div>
      <ActButton look="primary" act={onKept}>
        {words.kept}
      </ActButton>
    </>
  );
}
