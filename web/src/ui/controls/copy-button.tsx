import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs';
import { useEffect, useState } from 'react';
import { copyText } from './copy-text';
import { Button } from './button';
import styles from './copy-button.module.css';

const SHOWN_MS = 1_500;

function useCopied(): [isCopied: boolean, copy: (text: string) => void] {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return [isCopied, (text) => void copyText(text).then(setCopied)];
}

/** Copies a text; says so for a moment without changing its width. `label` names what is copied, for screen readers. */
export function CopyButton({ text, label, children = 'Copy' }: { text: string; label: string; children?: string }) {
  const [isCopied, copy] = useCopied();
  return (
    <Button
      isSmall
      aria-label={label}
      icon={isCopied ? <IconCheck className="icon-small" /> : <IconCopy className="icon-small" />}
      onClick={() => copy(text)}
    >
      <span className={styles.words}>
        <span aria-hidden={isCopied} data-shown={!isCopied}>
          {children}
        </span>
        <span aria-live="polite" data-shown={isCopied}>
          {isCopied ? 'Copied' : ''}
        </span>
      </span>
    </Button>
  );
}

/** An id that is copied by a click on it. */
export function CopyableId({ id, label }: { id: string; label: string }) {
  const [isCopied, copy] = useCopied();
  return (
    <button type="button" className={styles.id} aria-label={`Copy ${label} ${id}`} onClick={() => copy(id)}>
      <span className="mono">{id}</span>
      {isCopied ? <IconCheck className="icon-small" /> : <IconCopy className="icon-small" />}
      <span className="visually-hidden" aria-live="polite">
        {isCopied ? 'Copied' : ''}
      </span>
    </button>
  );
}
