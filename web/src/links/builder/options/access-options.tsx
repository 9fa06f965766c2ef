import IconPhoto from '@tabler/icons-react/dist/esm/icons/IconPhoto.mjs';
import { CheckField } from '../../../ui/controls/check-field';
import { PasswordField, TextAreaField, TextField } from '../../../ui/controls/text-field';
import { useBuilder } from '../builder-context';
import { builderWords } from '../builder-words';
import { FieldWarnings, ProblemLine } from '../field-warnings';
import styles from './options.module.css';

/** Password, cloaking, and how messengers show the link. */
export function AccessOptions() {
  return (
    <>
      <Password />
      <Cloak />
      <PreviewCard />
    </>
  );
}

function Password() {
  const { draft, link, change, problemsIn } = useBuilder();
  const hasPassword = link?.hasPassword === true;
  return (
    <div className={styles.group}>
      {hasPassword ? <p className="note">{builderWords.hasPassword}</p> : null}
      <PasswordField
        label={hasPassword ? builderWords.newPassword : builderWords.password}
        value={draft.password}
        maxLength={128}
        autoComplete="new-password"
        error={problemsIn('password')}
        hint={builderWords.passwordHint}
        onChange={(event) => change({ password: event.target.value, removesPassword: false })}
      />
      {hasPassword ? (
        <CheckField
          checked={draft.removesPassword}
          onChange={(removesPassword) => change({ removesPassword, password: '' })}
        >
          {builderWords.removePassword}
        </CheckField>
      ) : null}
    </div>
  );
}

function Cloak() {
  const { draft, change, problemsIn } = useBuilder();
  return (
    <div className={styles.group}>
      <CheckField checked={draft.cloak} onChange={(cloak) => change({ cloak })}>
        {builderWords.cloak}
      </CheckField>
      {draft.cloak ? <p className="note">{builderWords.cloakHint}</p> : null}
      <ProblemLine text={problemsIn('cloak')} />
    </div>
  );
}

function PreviewCard() {
  const { draft, change, preview, problemAt } = useBuilder();
  const { previewTitle, previewDescription, previewImage } = draft;
  return (
    <fieldset className={styles.group}>
      <legend>{builderWords.previewCard}</legend>
      <TextField
        label={builderWords.previewTitle}
        value={previewTitle}
        maxLength={200}
        error={problemAt('preview.title')}
        onChange={(event) => change({ previewTitle: event.target.value })}
      />
      <TextAreaField
        label={builderWords.previewDescription}
        value={previewDescription}
        rows={2}
        maxLength={500}
        error={problemAt('preview.description')}
        onChange={(event) => change({ previewDescription: event.target.value })}
      />
      <TextField
        label={builderWords.previewImage}
        isMono
        inputMode="url"
        value={previewImage}
        maxLength={2048}
        spellCheck={false}
        error={problemAt('preview.image')}
        onChange={(event) => change({ previewImage: event.target.value })}
      />
      <FieldWarnings path="preview.image" onUse={(value) => change({ previewImage: value })} />
      <ProblemLine text={problemAt('preview')} />
      <figure className={styles.card} aria-label={builderWords.cardExample}>
        {/* The page may load pictures of this server only, so the image is drawn as a place with its name. */}
        <div className={styles.cardImage}>
          <IconPhoto className="icon" aria-hidden="true" />
          <span className="ellipsis">{fileName(previewImage)}</span>
        </div>
        <div className={styles.cardText}>
          <small>{draft.domain || hostOf(preview?.shortUrl)}</small>
          <b className="medium anywhere">{previewTitle || builderWords.cardNoTitle}</b>
          <span className="anywhere">{previewDescription}</span>
        </div>
      </figure>
    </fieldset>
  );
}

function fileName(url: string): string {
  return url === '' ? builderWords.cardImage : (url.split(/[?#]/)[0]?.split('/').at(-1) ?? url);
}

function hostOf(shortUrl: string | null | undefined): string {
  return shortUrl?.split('/')[2] ?? '';
}
