import { useTimeZone } from '../../../app/session';
import { TextField } from '../../../ui/controls/text-field';
import { useBuilder } from '../builder-context';
import { builderWords } from '../builder-words';
import form from '../builder.module.css';
import { FieldWarnings } from '../field-warnings';
import { fromLocalInput, toLocalInput } from './zoned-time';

/** When the link redirects, how often, and where else visitors go then. */
export function ScheduleOptions() {
  const { draft, change, problemsIn } = useBuilder();
  const timeZone = useTimeZone();
  return (
    <div className={form.fields}>
      <TimeField name="startsAt" hint={builderWords.inZone(timeZone)} />
      <TimeField name="expiresAt" />
      <UrlField name="expiredUrl" />
      <UrlField name="fallbackUrl" hint={builderWords.fallbackHint} />
      <div>
        <TextField
          label={builderWords.clickLimit}
          inputMode="numeric"
          placeholder={builderWords.noLimit}
          value={draft.clickLimit}
          maxLength={16}
          error={problemsIn('clickLimit')}
          hint={builderWords.clickLimitHint}
          onChange={(event) => change({ clickLimit: event.target.value })}
        />
        <FieldWarnings path="clickLimit" />
      </div>
    </div>
  );
}

function TimeField({ name, hint }: { name: 'startsAt' | 'expiresAt'; hint?: string }) {
  const { draft, change, problemsIn } = useBuilder();
  const timeZone = useTimeZone();
  return (
    <div>
      <TextField
        label={builderWords[name]}
        type="datetime-local"
        value={draft[name] === '' ? '' : toLocalInput(draft[name], timeZone)}
        error={problemsIn(name)}
        hint={hint}
        onChange={({ target: { value } }) => change({ [name]: value === '' ? '' : fromLocalInput(value, timeZone) })}
      />
      <FieldWarnings path={name} />
    </div>
  );
}

function UrlField({ name, hint }: { name: 'expiredUrl' | 'fallbackUrl'; hint?: string }) {
  const { draft, change, problemsIn } = useBuilder();
  return (
    <div className={form.wideField}>
      <TextField
        label={builderWords[name]}
        isMono
        inputMode="url"
        value={draft[name]}
        maxLength={4096}
        spellCheck={false}
        error={problemsIn(name)}
        hint={hint}
        onChange={(event) => change({ [name]: event.target.value })}
      />
      <FieldWarnings path={name} onUse={(value) => change({ [name]: value })} />
    </div>
  );
}
