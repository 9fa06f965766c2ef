import { api, fetchBlob } from '../../api/client';
import { leaveAfter } from '../../app/leave';
import { ActButton } from '../../ui/controls/act-button';
import { Form } from '../../ui/controls/form';
import { saveFile } from '../../ui/controls/save-file';
import { TextField } from '../../ui/controls/text-field';
import { useForm } from '../../ui/controls/use-form';
import { Card } from '../../ui/layout/card';
import styles from '../account-rows.module.css';
import { securityWords as words } from './security-words';

/** All that is stored about the person, as a file. */
export function DataCard() {
  return (
    <Card title={words.data}>
      <div className={styles.stack}>
        <p>{words.dataAbout}</p>
        <ActButton act={async () => saveFile(await fetchBlob('/api/v1/me/export'), 'my-data.ndjson')}>
          {words.downloadData}
        </ActButton>
      </div>
    </Card>
  );
}

/** The deletion of the account. The address is typed, as the API asks. */
export function DeleteAccountCard() {
  const form = useForm({
    initial: { confirm: '' },
    required: ['confirm'],
    submit: (body) => leaveAfter(() => api.DELETE('/api/v1/me', { body }), '/app/sign-in'),
  });
  return (
    <Card title={words.deleteTitle}>
      <div className={styles.stack}>
        <p>{words.deleteAbout}</p>
        <Form form={form} button={words.deleteMe} busy={words.deleting} look="danger">
          <TextField
            label={words.deleteConfirm}
            type="email"
            autoComplete="off"
            maxLength={254}
            {...form.text('confirm')}
          />
        </Form>
      </div>
    </Card>
  );
}
