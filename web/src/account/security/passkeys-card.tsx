import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { ActButton, ConfirmedButton } from '../../ui/controls/act-button';
import { Button } from '../../ui/controls/button';
import { Form } from '../../ui/controls/form';
import { TextField } from '../../ui/controls/text-field';
import { useForm } from '../../ui/controls/use-form';
import { When } from '../../ui/data/time';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import { accountWords } from '../account-words';
import styles from '../account-rows.module.css';
import { DoneLine } from '../done-line';
import { canUsePasskeys, createPasskey } from '../sign-in/passkey-calls';
import { useAccountActs } from '../use-account-acts';
import { securityWords as words } from './security-words';

type Passkey = Schema<'PasskeyResponse'>;
type Finish = ReturnType<typeof useAccountActs>['finish'];

export function PasskeysCard() {
  const { done, finish } = useAccountActs();
  const { data, error, refetch } = useQuery({
    queryKey: ['passkeys'],
    queryFn: async () => bodyOf(await api.GET('/api/v1/me/passkeys')).data,
  });
  const add = async (): Promise<void> => {
    const options = bodyOf(await api.POST('/api/v1/me/passkeys/options'));
    const response = await createPasskey(options);
    if (response === undefined) return;
    const { name } = bodyOf(await api.POST('/api/v1/me/passkeys', { body: { response } }));
    await finish(words.passkeyAdded(name), 'passkeys');
  };
  return (
    <Card title={words.passkeys}>
      <div className={styles.stack}>
        <p>{words.passkeysAbout}</p>
        {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null ? <Skeleton height={40} /> : null}
        {data === undefined || data.length === 0 ? null : (
          <ul className={styles.rows}>
            {data.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} finish={finish} />
            ))}
          </ul>
        )}
        {canUsePasskeys() ? (
          <ActButton act={add}>{words.addPasskey}</ActButton>
        ) : (
          <p className="note">{words.noPasskeys}</p>
        )}
        <DoneLine done={done} />
      </div>
    </Card>
  );
}

function PasskeyRow({ passkey: { id, name, createdAt, lastUsedAt }, finish }: { passkey: Passkey; finish: Finish }) {
  const [isRenaming, setRenaming] = useState(false);
  const remove = async (): Promise<void> => {
    await api.DELETE('/api/v1/me/passkeys/{id}', { params: { path: { id } } });
    await finish(words.passkeyRemoved(name), 'passkeys');
  };
  return (
    <li>
      <h3>{name}</h3>
      <p className="note">
        {words.added}
        <When at={createdAt} />.{' '}
        {lastUsedAt === null ? (
          words.neverUsed
        ) : (
          <>
            {words.lastUsed}
            <When at={lastUsedAt} />.
          </>
        )}
      </p>
      {isRenaming ? (
        <RenameForm id={id} name={name} finish={finish} onClose={() => setRenaming(false)} />
      ) : (
        <div className={styles.acts}>
          <Button isSmall onClick={() => setRenaming(true)}>
            {words.rename}
          </Button>
          <ConfirmedButton label={words.remove} question={words.removePasskey(name)} act={remove} />
        </div>
      )}
    </li>
  );
}

function RenameForm({ id, name, finish, onClose }: { id: string; name: string; finish: Finish; onClose: () => void }) {
  const form = useForm({
    initial: { name },
    required: ['name'],
    submit: async (body) => {
      await api.PATCH('/api/v1/me/passkeys/{id}', { params: { path: { id } }, body });
      onClose();
      await finish(words.passkeyRenamed, 'passkeys');
    },
  });
  return (
    <Form
      form={form}
      button={words.rename}
      busy={words.renaming}
      look={null}
      hasFocus
      actions={
        <Button look="quiet" onClick={onClose}>
          {accountWords.cancel}
        </Button>
      }
    >
      <TextField label={words.passkeyName} autoComplete="off" maxLength={100} {...form.text('name')} />
    </Form>
  );
}
