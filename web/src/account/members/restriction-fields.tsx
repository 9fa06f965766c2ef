import { CheckField } from '../../ui/controls/check-field';
import { TextAreaField } from '../../ui/controls/text-field';
import type { FormState } from '../../ui/controls/use-form';
import type { Role } from '../roles';
import { canHideMoney, canLimitLinks, type RestrictionValues } from './link-limits';
import { membersWords as words } from './members-words';

/** A form that has the restrictions among its values. */
type RestrictionForm = Pick<FormState<RestrictionValues>, 'values' | 'check' | 'text'>;

/** The fields for the restrictions that a role can have; nothing for the others. */
export function RestrictionFields({ form, role }: { form: RestrictionForm; role: Role }) {
  if (!canLimitLinks(role)) return null;
  return (
    <>
      {canHideMoney(role) ? <CheckField {...form.check('hideMoney')}>{words.hideMoney}</CheckField> : null}
      <CheckField {...form.check('isLimited')}>{words.limitLinks}</CheckField>
      {form.values.isLimited ? (
        <>
          <p className="note">{words.limitAbout}</p>
          <TextAreaField label={words.tags} rows={3} {...form.text('linkLimits.tags')} />
          <TextAreaField label={words.campaigns} rows={3} {...form.text('linkLimits.campaigns')} />
        </>
      ) : null}
    </>
  );
}
