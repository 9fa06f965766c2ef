import { lazy, Suspense, useSyncExternalStore } from 'react';
import { uiWords } from '../ui/words';
import { ApiProblem } from '../api/problem';

const ConfirmDialog = lazy(() =>
  import('../account/confirm-dialog').then(({ ConfirmDialog }) => ({ default: ConfirmDialog })),
);

interface Waiting {
  resolve: () => void;
  reject: (reason: ApiProblem) => void;
}

let waiting: Waiting | undefined;
const listeners = new Set<() => void>();

function setWaiting(next: Waiting | undefined): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** Asks the person to prove again who they are. Rejects when they cancel; then nothing is changed. */
export function confirmPerson(): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting?.reject(notConfirmed());
    setWaiting({ resolve, reject });
  });
}

function notConfirmed(): ApiProblem {
  return new ApiProblem(0, { code: 'not_confirmed', detail: 'Not confirmed, so nothing was changed.' });
}

/** The place of the dialog "Confirm that it is you", once in the application. */
export function PersonConfirmation() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
  if (current === undefined) return null;
  return (
    <Suspense fallback={<p className="visually-hidden">{uiWords.loading}</p>}>
      <ConfirmDialog
        onConfirmed={() => {
          setWaiting(undefined);
          current.resolve();
        }}
        onCancel={() => {
          setWaiting(undefined);
          current.reject(notConfirmed());
        }}
      />
    </Suspense>
  );
}
