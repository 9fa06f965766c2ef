import { lazy, Suspense } from 'react';
import { uiWords } from '../ui/words';
import { ApiProblem } from '../api/problem';
import { createStore } from './store';

const ConfirmDialog = lazy(() =>
  import('../account/confirm-dialog').then(({ ConfirmDialog }) => ({ default: ConfirmDialog })),
);

interface Waiting {
  resolve: () => void;
  reject: (reason: ApiProblem) => void;
}

const waiting = createStore<Waiting | undefined>(undefined);

/** Asks the person to prove again who they are. Rejects when they cancel; then nothing is changed. */
export function confirmPerson(): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.get()?.reject(notConfirmed());
    waiting.set({ resolve, reject });
  });
}

function notConfirmed(): ApiProblem {
  return new ApiProblem(0, { code: 'not_confirmed', detail: 'Not confirmed, so nothing was changed.' });
}

/** The place of the dialog "Confirm that it is you", once in the application. */
export function PersonConfirmation() {
  const current = waiting.use();
  if (current === undefined) return null;
  return (
    <Suspense fallback={<p className="visually-hidden">{uiWords.loading}</p>}>
      <ConfirmDialog
        onConfirmed={() => {
          waiting.set(undefined);
          current.resolve();
        }}
        onCancel={() => {
          waiting.set(undefined);
          current.reject(notConfirmed());
        }}
      />
    </Suspense>
  );
}
