import { useQueryClient } from '@tanstack/react-query';
import { api, type Schema } from '../../api/client';
import { useIdempotencyKey } from '../../api/idempotency-key';
import { Button, ButtonLink } from '../../ui/controls/button';
import { FormError } from '../../ui/controls/form';
import { TextField } from '../../ui/controls/text-field';
import { useForm } from '../../ui/controls/use-form';
import { startWords } from '../start-words';
import styles from './acts.module.css';

/** One field: the URL of the offer. The link has defaults for all else. */
export function LinkAct() {
  const queries = useQueryClient();
  const keyFor = useIdempotencyKey();
  const form = useForm({
    initial: { url: '' },
    required: ['url'],
    submit: async ({ url }) => {
      // All else has defaults, though the types ask for some of it.
      const body = { url: url.trim() } as Schema<'CreateLinkRequest'>;
      const header = { 'Idempotency-Key': keyFor(body) };
      await api.POST('/api/v1/links', { params: { header }, body });
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['setup'] }),
        queries.invalidateQueries({ queryKey: ['links'] }),
      ]);
    },
  });
  return (
    <form {...form.props}>
      <div className={styles.form}>
        <TextField
          label={startWords.offerUrl}
          placeholder={startWords.offerUrlHint}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          {...form.text('url')}
        />
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {form.isBusy ? startWords.creating : startWords.createLink}
        </Button>
        <ButtonLink look="quiet" to="/links" search={{ builder: 'new' }}>
          {startWords.allOptions}
        </ButtonLink>
      </div>
      <FormError form={form} />
    </form>
  );
}
