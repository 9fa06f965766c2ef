import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { useMe } from '../../app/session';
import { Form } from '../../ui/controls/form';
import { SelectField } from '../../ui/controls/select-field';
import { TextField } from '../../ui/controls/text-field';
import { useForm } from '../../ui/controls/use-form';
import { Card } from '../../ui/layout/card';
import styles from '../account-rows.module.css';
import { type Role, rightsOf, rolesToGive } from '../roles';
import { NO_RESTRICTIONS, type RestrictionValues, toRestrictions } from './link-limits';
import { invitationsQuery } from './members-queries';
import { membersWords as words } from './members-words';
import { RestrictionFields } from './restriction-fields';
import { SentInvitation, type SentTo } from './sent-invitation';

interface InviteValues extends RestrictionValues {
  email: string;
  role: Role;
}

export function InviteCard() {
  const me = useMe();
  const queries = useQueryClient();
  const [sent, setSent] = useState<SentTo | null>(null);
  const form = useForm<InviteValues>({
    initial: { email: '', role: 'editor', ...NO_RESTRICTIONS },
    required: ['email'],
    submit: async ({ email, role, ...restrictions }) => {
      const body = { email, role, ...toRestrictions(restrictions, role) };
      setSent(bodyOf(await api.POST('/api/v1/invitations', { body })));
      form.set('email', '');
      await queries.invalidateQueries(invitationsQuery);
    },
  });
  return (
    <Card title={words.invite}>
      <div className={styles.stack}>
        <Form form={form} button={words.inviteButton} busy={words.inviting}>
          <TextField label={words.email} type="email" autoComplete="off" maxLength={254} {...form.text('email')} />
          <SelectField
            label={words.role}
            hint={rightsOf(form.values.role)}
            choices={rolesToGive(me)}
            {...form.choice('role')}
          />
          <RestrictionFields form={form} role={form.values.role} />
        </Form>
        <SentInvitation sent={sent} />
      </div>
    </Card>
  );
}
