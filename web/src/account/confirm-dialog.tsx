import { useQuery } from '@tanstack/react-query';
import { Button } from '../ui/controls/button';
import { Dialog } from '../ui/layout/dialog';
import { ErrorBox } from '../ui/layout/feedback';
import { api, bodyOf } from '../api/client';
import { accountWords } from './account-words';
import styles from './confirm-dialog.module.css';
import { OpenPending } from './open-pending';
import { SignInSteps } from './sign-in/sign-in-steps';

const words = accountWords.confirm;

/** Asks the signed-in person for a new proof, in any of the ways that they have. */
export function ConfirmDialog({ onConfirmed, onCancel }: { onConfirmed: () => void; onCancel: () => void }) {
  const { data, error, refetch } = useQuery({ queryKey: ['confirmation'], queryFn: readWays, gcTime: 0 });
  return (
    <Dialog title={words.title} onClose={onCancel}>
      <div className={styles.steps}>
        <p className="secondary">{words.about}</p>
        {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
        {data === undefined ? (
          error === null && <OpenPending />
        ) : (
          <SignInSteps
            methods={data.methods}
            email={data.me.email}
            isConfirmation
            onSignedIn={async () => {
              if (await isStill(data.me.id)) onConfirmed();
              // A passkey of another account was used: this page shows the data of the first person.
              else window.location.assign('/app');
            }}
          />
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

async function readWays() {
  const [me, methods] = await Promise.all([
    api.GET('/api/v1/me').then(bodyOf),
    api.GET('/api/v1/auth/methods').then(bodyOf),
  ]);
  const password = methods.password && me.hasPassword;
  const passkey = methods.passkey && me.passkeys > 0;
  return { me, methods: { ...methods, password, passkey } };
}

async function isStill(userId: string): Promise<boolean> {
  return bodyOf(await api.GET('/api/v1/me')).id === userId;
}
