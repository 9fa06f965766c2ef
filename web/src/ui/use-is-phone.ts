import { useSyncExternalStore } from 'react';

const PHONE = '(max-width: 767px)';

/** Whether the window is as narrow as a phone: lists are cards then. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(PHONE);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(PHONE).matches,
  );
}
