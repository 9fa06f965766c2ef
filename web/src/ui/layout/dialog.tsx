import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useKeys } from '../../app/keyboard';
import { classes } from '../classes';
import { Button } from '../controls/button';
import { uiWords } from '../words';
import styles from './dialog.module.css';

/** A modal dialog: the browser's own, which keeps the focus in it and makes the rest of the page inert. `Esc` closes it. */
export function Dialog({
  title,
  onClose,
  isWide = false,
  children,
}: {
  title: string;
  onClose: () => void;
  isWide?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useKeys({
    Escape: { act: onClose, label: uiWords.close, layer: 'modal', isAllowedWhileTyping: true, isHidden: true },
  });
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes(styles.dialog, isWide && styles.wide)}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={styles.header}>
        <h2 id={id}>{title}</h2>
        <span className="push">
          <Button
            look="quiet"
            isSmall
            icon={<IconX className="icon-small" />}
            aria-label={uiWords.close}
            onClick={onClose}
          />
        </span>
      </div>
      {children}
    </dialog>
  );
}
