import { useEffect, useState } from 'react';
import { Skeleton } from '../../ui/layout/feedback';
import styles from '../account-rows.module.css';
import { securityWords as words } from './security-words';

const SIZE = 208;

/** A QR code, drawn in the browser: the secret is sent nowhere. Without the library, the secret is still there as text. */
export function SecretQr({ text }: { text: string }) {
  const [rows, setRows] = useState<readonly (readonly boolean[])[] | null>(null);
  useEffect(() => {
    let isGone = false;
    const draw = async (): Promise<void> => {
      const { default: encodeQr } = await import('qr');
      if (!isGone) setRows(encodeQr(text, 'raw', { ecc: 'medium', border: 3 }));
    };
    draw().catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [text]);
  if (rows === null) return <Skeleton width={SIZE} height={SIZE} />;
  const shape = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      className={styles.qr}
      role="img"
      aria-label={words.qrCode}
      shapeRendering="crispEdges"
    >
      <path d={shape} />
    </svg>
  );
}
