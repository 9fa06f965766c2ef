import { useRef } from 'react';
import { newIdempotencyKey } from '../../api/idempotency-key';

/**
 * The `Idempotency-Key` of a form: the same while its content is the same, so that a second attempt after a lost answer
 * creates nothing twice. Another content gets another key.
 */
export function useIdempotencyKey(): (body: unknown) => string {
  const last = useRef<{ text: string; key: string }>(undefined);
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current?.text !== text) last.current = { text, key: newIdempotencyKey() };
    return last.current.key;
  };
}
