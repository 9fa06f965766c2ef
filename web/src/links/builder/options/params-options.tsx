import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf, type Schema } from '../../../api/client';
import { ActButton } from '../../../ui/controls/act-button';
import { Button } from '../../../ui/controls/button';
import { SelectField } from '../../../ui/controls/select-field';
import { TextField } from '../../../ui/controls/text-field';
import { ParameterValue } from '../../../ui/data/parameters';
import { ErrorBox } from '../../../ui/layout/feedback';
import { showNotice } from '../../../ui/layout/toasts-state';
import { readParam, subParams, withUrlParam } from '../address/url-params';
import { useBuilder } from '../builder-context';
import { builderWords } from '../builder-words';
import form from '../builder.module.css';
import { UTM_NAMES } from './row-values';
import styles from './options.module.css';

/** Sub ids and campaign parameters. Both stand in the destination, so these fields read and change it. */
export function ParamsOptions() {
  return (
    <>
      <SubIds />
      <UtmFields />
    </>
  );
}

const SUBS = Array.from({ length: 10 }, (_, index) => `sub${index + 1}`);

function SubIds() {
  const { draft, change } = useBuilder();
  const present = subParams(draft.url);
  const next = SUBS.find((each) => !present.some(({ sub }) => sub === each)) ?? 'sub1';
  const [typed, setTyped] = useState<{ param: string; sub: string }>();
  const { param, sub } = typed ?? { param: next, sub: next };
  const add = (): void => {
    if (param.trim() === '') return;
    change({ url: withUrlParam(draft.url, encodeURIComponent(param.trim()), `{${sub}}`) });
    setTyped(undefined);
  };
  return (
    <fieldset className={styles.group}>
      <legend>{builderWords.subIds}</legend>
      <p className="note">{builderWords.subIdsHint}</p>
      <ul className={styles.subs}>
        {present.map((each) => (
          <li key={`${each.param} ${each.sub}`}>
            <span className="mono anywhere">
              {each.param}=<ParameterValue kind="sub">{`{${each.sub}}`}</ParameterValue>
            </span>
            <Button
              look="quiet"
              isSmall
              icon={<IconX className="icon-small" />}
              aria-label={builderWords.removeSub(each.param)}
              onClick={() => change({ url: withUrlParam(draft.url, each.param, null) })}
            />
          </li>
        ))}
      </ul>
      <div className={styles.inline}>
        <TextField
          label={builderWords.subParam}
          value={param}
          maxLength={100}
          onChange={(event) => setTyped({ param: event.target.value, sub })}
        />
        <SelectField
          label={builderWords.subId}
          choices={SUBS.map((value) => ({ value, label: value }))}
          value={sub}
          onChange={(chosen) => setTyped({ param, sub: chosen })}
        />
        <Button onClick={add} disabled={draft.url.trim() === ''}>
          {builderWords.addSub}
        </Button>
      </div>
    </fieldset>
  );
}

function UtmFields() {
  const { draft, change, problemAt } = useBuilder();
  const hasUrl = draft.url.trim() !== '';
  return (
    <fieldset className={styles.group} disabled={!hasUrl}>
      <legend>{builderWords.utm}</legend>
      <p className="note">{builderWords.utmHint}</p>
      <div className={form.fields}>
        <UtmTemplates />
        {UTM_NAMES.map((name) => (
          <TextField
            key={name}
            label={builderWords.utmNames[name]}
            value={readParam(draft.url, `utm_${name}`) ?? ''}
            maxLength={200}
            error={problemAt(`utm.${name}`)}
            onChange={({ target: { value } }) =>
              change({ url: withUrlParam(draft.url, `utm_${name}`, value === '' ? null : value) })
            }
          />
        ))}
      </div>
      <NewTemplate />
    </fieldset>
  );
}

const TEMPLATES_KEY = ['utm-templates'] as const;

function useTemplates() {
  return useQuery({
    queryKey: TEMPLATES_KEY,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const { data } = bodyOf(await api.GET('/api/v1/utm-templates', { params: { query: { limit: 100 } }, signal }));
      return data;
    },
  });
}

function UtmTemplates() {
  const { draft, change } = useBuilder();
  const { data, error, refetch } = useTemplates();
  if (error !== null && data === undefined) {
    return (
      <div className={form.wideField}>
        <ErrorBox error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  const templates = data ?? [];
  if (templates.length === 0) return null;
  const choose = (id: string): void => {
    const template = templates.find((each) => each.id === id);
    if (template !== undefined) change({ url: withTemplate(draft.url, template.utm) });
  };
  const chosen = templates.find(({ utm }) => withTemplate(draft.url, utm) === draft.url)?.id ?? '';
  return (
    <SelectField
      label={builderWords.utmTemplate}
      choices={[
        { value: '', label: builderWords.chooseTemplate },
        ...templates.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={chosen}
      onChange={choose}
    />
  );
}

/** The same as the server does with `utmTemplateId`, but visible before the link is saved. */
function withTemplate(url: string, utm: Schema<'UtmRequest'>): string {
  return UTM_NAMES.reduce((changed, name) => {
    const value = utm[name];
    return value === undefined ? changed : withUrlParam(changed, `utm_${name}`, value);
  }, url);
}

function NewTemplate() {
  const { draft } = useBuilder();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const utm = Object.fromEntries(
    UTM_NAMES.flatMap((each) => {
      const value = readParam(draft.url, `utm_${each}`);
      return value === undefined || value === '' ? [] : [[each, value]];
    }),
  );
  if (Object.keys(utm).length === 0) return null;
  const save = async (): Promise<void> => {
    await api.POST('/api/v1/utm-templates', { body: { name: name.trim(), utm } });
    await queryClient.invalidateQueries({ queryKey: TEMPLATES_KEY });
    showNotice(builderWords.templateSaved(name.trim()));
    setName('');
  };
  return (
    <div className={styles.inline}>
      <TextField
        label={builderWords.templateName}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
      />
      {name.trim() === '' ? (
        <Button disabled>{builderWords.saveTemplate}</Button>
      ) : (
        <ActButton act={save}>{builderWords.saveTemplate}</ActButton>
      )}
    </div>
  );
}
