import { Button } from '../../ui/controls/button';
import { Segments } from '../../ui/controls/segments';
import { TextField } from '../../ui/controls/text-field';
import type { FormState } from '../../ui/controls/use-form';
import { LinkPicker } from '../list/pickers';
import { entryWords as words } from './entry-words';
import type { NewDraft } from './new-draft';
import styles from './entry.module.css';

/** The click of a new conversion, or the link of a revenue share. */
export function OwnerFields({ form }: { form: FormState<NewDraft> }) {
  const { eventType, owner } = form.values;
  const mayBeLink = eventType === 'revshare';
  return (
    <>
      {mayBeLink ? (
        <div className={styles.chosen}>
          <Segments
            label={words.belongsTo}
            value={owner}
            segments={[
              { value: 'click', label: words.aClick },
              { value: 'link', label: words.aLink },
            ]}
            onChange={(value) => form.set('owner', value)}
          />
        </div>
      ) : null}
      {mayBeLink && owner === 'link' ? (
        <LinkField form={form} />
      ) : (
        <TextField
          label={words.clickId}
          isMono
          autoComplete="off"
          spellCheck={false}
          hint={words.clickIdHint}
          {...form.text('clickId')}
        />
      )}
    </>
  );
}

function LinkField({ form }: { form: FormState<NewDraft> }) {
  const { linkId, linkTitle } = form.values;
  // Without a link, the API misses the click.
  const error = form.errors['linkId'] ?? form.errors['clickId'];
  return (
    <div className={styles.form}>
      {linkId === '' ? (
        <LinkPicker
          isLabelHidden={false}
          onPick={({ id, label }) => {
            form.set('linkId', id);
            form.set('linkTitle', label);
          }}
        />
      ) : (
        <div className={styles.chosen}>
          <b className="medium ellipsis">{linkTitle}</b>
          <Button isSmall onClick={() => form.set('linkId', '')}>
            {words.otherLink}
          </Button>
        </div>
      )}
      {error === undefined ? null : (
        <p role="alert" className="bad">
          {error}
        </p>
      )}
    </div>
  );
}
