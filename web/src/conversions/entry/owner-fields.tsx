import { Button } from '../../ui/controls/button';
import { Segments } from '../../ui/controls/segments';
import { TextField } from '../../ui/controls/text-field';
import { LinkPicker } from '../list/pickers';
import { entryWords as words } from './entry-words';
import type { NewDraft } from './new-draft';
import styles from './entry.module.css';

/** The click of a new conversion, or the link of a revenue share. */
export function OwnerFields({
  draft,
  onChange,
  errors,
}: {
  draft: NewDraft;
  onChange: (changes: Partial<NewDraft>) => void;
  errors: Record<string, string>;
}) {
  const mayBeLink = draft.eventType === 'revshare';
  return (
    <>
      {mayBeLink ? (
        <div className={styles.chosen}>
          <Segments
            label={words.belongsTo}
            value={draft.owner}
            segments={[
              { value: 'click', label: words.aClick },
              { value: 'link', label: words.aLink },
            ]}
            onChange={(owner) => onChange({ owner })}
          />
        </div>
      ) : null}
      {mayBeLink && draft.owner === 'link' ? (
        <LinkField draft={draft} onChange={onChange} error={errors['linkId'] ?? errors['clickId']} />
      ) : (
        <TextField
          label={words.clickId}
          isMono
          autoComplete="off"
          spellCheck={false}
          hint={words.clickIdHint}
          error={errors['clickId'] ?? errors['linkId']}
          value={draft.clickId}
          onChange={(event) => onChange({ clickId: event.target.value })}
        />
      )}
    </>
  );
}

function LinkField({
  draft: { link },
  onChange,
  error,
}: {
  draft: NewDraft;
  onChange: (changes: Partial<NewDraft>) => void;
  error: string | undefined;
}) {
  return (
    <div className={styles.form}>
      {link === null ? (
        <LinkPicker isLabelHidden={false} onPick={({ id, label }) => onChange({ link: { id, label } })} />
      ) : (
        <div className={styles.chosen}>
          <b className="medium ellipsis">{link.label}</b>
          <Button isSmall onClick={() => onChange({ link: null })}>
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
