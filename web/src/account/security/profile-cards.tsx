import { api } from '../../api/client';
import { useMe } from '../../app/session';
import { Form } from '../../ui/controls/form';
import { PasswordField, TextField } from '../../ui/controls/text-field';
import { useForm } from '../../ui/controls/use-form';
import { Card } from '../../ui/layout/card';
import { accountWords } from '../account-words';
import styles from '../account-rows.module.css';
import { DoneLine } from '../done-line';
import { useAccountActs } from '../use-account-acts';
import { securityWords as words } from './security-words';

/** The name, which colleagues see in the list of members and in the audit log. */
export function NameCard() {
  const me = useMe();
  const { done, finish } = useAccountActs();
  const form = useForm({
    initial: { name: me.name },
    required: ['name'],
    submit: async (body) => {
      await api.PATCH('/api/v1/me', { body });
      await finish(words.nameChanged, 'members');
    },
  });
  return (
    <Card title={words.profile}>
      <div className={styles.stack}>
        <Form form={form} button={words.changeName} busy={words.changing} look={null} isDisabled={!form.isChanged}>
          <TextField label={words.name} autoComplete="name" maxLength={100} {...form.text('name')} />
        </Form>
        <DoneLine done={done} />
      </div>
    </Card>
  );
}

export function EmailCard({ sendsMail }: { sendsMail: boolean }) {
  const me = useMe();
  const { done, finish } = useAccountActs();
  const form = useForm({
    initial: { email: '' },
    required: ['email'],
    submit: async (body) => {
      await api.POST('/api/v1/me/email', { body });
      form.reset();
      await finish(sendsMail ? words.emailSent(body.email) : words.emailInLog);
    },
  });
  return (
    <Card title={words.email}>
      <div className={styles.stack}>
        <p className="anywhere">
          {words.emailAbout}
          <strong>{me.email}</strong>.
        </p>
        <Form form={form} button={words.changeEmail} busy={words.sending} look={null}>
          <TextField
            label={words.newEmail}
            hint={sendsMail ? words.emailHintMail : words.emailHintLog}
            type="email"
            autoComplete="off"
            maxLength={254}
            {...form.text('email')}
          />
        </Form>
        <DoneLine done={done} />
      </div>
    </Card>
  );
}

export function PasswordCard() {
  const me = useMe();
  const { done, finish } = useAccountActs();
  const form = useForm({
    initial: { password: '' },
    required: ['password'],
    submit: async (body) => {
      await api.POST('/api/v1/me/password', { body });
      form.reset();
      await finish(words.passwordSet, 'sessions');
    },
  });
  return (
    <Card title={words.password}>
      <div className={styles.stack}>
        <Form
          form={form}
          button={me.hasPassword ? words.changePassword : words.setPassword}
          busy={words.setting}
          look={null}
        >
          {/* Password managers store the password for this address. */}
          <input type="hidden" autoComplete="username" value={me.email} />
          <PasswordField
            label={me.hasPassword ? words.newPassword : words.password}
            hint={`${accountWords.passwordRules} ${words.otherSessionsEnd}`}
            autoComplete="new-password"
            maxLength={1_000}
            {...form.text('password')}
          />
        </Form>
        <DoneLine done={done} />
      </div>
    </Card>
  );
}
