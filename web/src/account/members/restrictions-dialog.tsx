import { useQueryClient } from '@tanstack/react-query';
import { api, type Schema } from '../../api/client';
import { Button } from '../../ui/controls/button';
import { Form } from '../../ui/controls/form';
import { useForm } from '../../ui/controls/use-form';
import { Dialog } from '../../ui/layout/dialog';
import { accountWords } from '../account-words';
import { toRestrictions, toValues } from './link-limits';
import { membersQuery } from './members-queries';
import { membersWords as words } from './members-words';
import { RestrictionFields } from './restriction-fields';

/** Changes the restrictions of an editor or analyst. */
export function RestrictionsDialog({ member, onClose }: { member: Schema<'MemberResponse'>; onClose: () => void }) {
  const queries = useQueryClient();
  const form = useForm({
    initial: toValues(member),
    submit: async (values) => {
      const body = toRestrictions(values, member.role);
      await api.PATCH('/api/v1/members/{id}', { params: { path: { id: member.id } }, body });
      await queries.invalidateQueries(membersQuery);
      onClose();
    },
  });
  return (
    <Dialog title={words.restrictionsOf(member.name)} onClose={onClose}>
      <Form
        form={form}
        button={words.save}
        busy={words.saving}
        actions={
          <Button look="quiet" onClick={onClose}>
            {accountWords.cancel}
          </Button>
        }
      >
        <RestrictionFields form={form} role={member.role} />
      </Form>
    </Dialog>
  );
}
