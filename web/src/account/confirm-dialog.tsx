import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { meQuery, type Person } from '../app/session';
import { Button } from '../ui/controls/button';
import { Dialog } from '../ui/layout/dialog';
import { ErrorBox } from '../ui/layout/feedback';
import { accountWords } from './account-words';
import styles from './confirm-dialog.module.css';
import { OpenPending } from './open-pending';
import { type SignInMethods, signInMethodsQuery } from './sign-in/sign-in-methods';
import { SignInSteps } from './sign-in/sign-in-steps';

const words = accountWords.confirm;

/** Asks the signed-in person for a new proof, in any of the ways that they have. */
export function ConfirmDialog({ onConfirmed, onCancel }: { onConfirmed: () => void; onCancel: () => void }) {
  const me = useQuery(meQuery);
  const methods = useQuery(signInMethodsQuery);
  const error = me.error ?? methods.error;
  const readAgain = (): void => {
    void me.refetch();
    void methods.refetch();
  };
  const isLoaded = me.data !== undefined && methods.data !== undefined;
  return (
    <Dialog title={words.title} onClose={onCancel}>
      <div className={styles.steps}>
        <p className="secondary">{words.about}</p>
        {error === null ? null : <ErrorBox error={error} onRetry={readAgain} />}
        {isLoaded ? (
          <Proof me={me.data} methods={methods.data} onConfirmed={onConfirmed} />
        ) : (
          error === null && <OpenPending />
        )}
        <div>
          <Button look="quiet" onClick={onCancel}>
            {accountWords.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Proof({ me, methods, onConfirmed }: { me: Person; methods: SignInMethods; onConfirmed: () => void }) {
  const ownMethods = {
    ...methods,
    password: methods.password && me.hasPassword,
    passkey: methods.passkey && me.passkeys > 0,
  };
  const finish = async (): Promise<void> => {
    const { id } = bodyOf(await api.GET('/api/v1/me'));
    if (id === me.id) onConfirmed();
    // A passkey of another account was used: this page shows the data of the first person.
    else window.location.assign('/app');
  };
  return <SignInSteps methods={ownMethods} email={me.email} isConfirmation onSignedIn={finish} />;
}
