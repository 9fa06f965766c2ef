import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useKeys } from '../../app/keyboard';
import { Button } from '../controls/button';
import { uiWords } from '../words';
import styles from './sheet.module.css';

/**
 * A side sheet. The page beside it stays usable, so there is no focus trap; `Esc` closes it, and the focus returns to the
 * element that had it before.
 */
export function Sheet({
  title,
  note,
  actions,
  footer,
  onClose,
  children,
}: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const id = useId();
  const sheet = useRef<HTMLElement>(null);
  useKeys({ Escape: { act: onClose, label: uiWords.close, layer: 'sheet', isAllowedWhileTyping: true } });
  useEffect(() => {
    const before = document.activeElement;
    if (sheet.current?.contains(before) === false) sheet.current.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <aside className={styles.sheet} role="dialog" aria-labelledby={id} ref={sheet} tabIndex={-1}>
      <header className={styles.header}>
        <h2 id={id}>{title}</h2>
        {note === undefined ? null : <span className="note">{note}</span>}
        <span className="row push">
          {actions}
          <Button look="quiet" icon={<IconX className="icon" />} aria-label={uiWords.close} onClick={onClose} />
        </span>
      </header>
      <div className={styles.body}>{children}</div>
      {footer === undefined ? null : <footer className={styles.footer}>{footer}</footer>}
    </aside>
  );
}
