import { useState } from 'react';
import { messageOf } from '../../../api/problem';
import { Button } from '../../../ui/controls/button';
import { Field } from '../../../ui/controls/field';
import type { QrStyle } from './qr-drawing';
import { readLogo } from './qr-files';
import { qrWords } from './qr-words';
import styles from './qr.module.css';

/** Colours and logo of the code. */
export function QrStyleFields({ style, onChange }: { style: QrStyle; onChange: (style: QrStyle) => void }) {
  const [error, setError] = useState<string>();
  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      onChange({ ...style, logo: await readLogo(file) });
      setError(undefined);
    } catch (failure) {
      setError(messageOf(failure));
    }
  };
  return (
    <div className={styles.style}>
      {(['color', 'background'] as const).map((name) => (
        <Field key={name} label={qrWords[name]}>
          {(attributes) => (
            <input
              {...attributes}
              type="color"
              className={styles.colour}
              value={style[name]}
              onChange={(event) => onChange({ ...style, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <div className={styles.logo}>
        <Field label={qrWords.logo} error={error}>
          {(attributes) => (
            <input
              {...attributes}
              type="file"
              accept="image/png,image/jpeg"
              onChange={(event) => void choose(event.target.files?.[0])}
            />
          )}
        </Field>
        {style.logo === null ? null : (
          <Button isSmall onClick={() => onChange({ ...style, logo: null })}>
            {qrWords.removeLogo}
          </Button>
        )}
      </div>
    </div>
  );
}
