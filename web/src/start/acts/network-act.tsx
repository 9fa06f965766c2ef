import { Select } from '@mantine/core';
import '@mantine/core/styles/Combobox.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/ScrollArea.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { newIdempotencyKey } from '../../api/idempotency-key';
import { messageOf } from '../../api/problem';
import { hasScope, useMe } from '../../app/session';
import { CUSTOM_PRESET, type Preset } from '../../networks/gallery/gallery-entries';
import { presetsQuery, useKeepNetwork } from '../../networks/networks-queries';
import { Button, ButtonLink } from '../../ui/controls/button';
import { CodedText } from '../../ui/data/coded-text';
import { ErrorBox } from '../../ui/layout/feedback';
import { showNotice } from '../../ui/layout/toasts-state';
import { startWords } from '../start-words';
import styles from './acts.module.css';

const ANY_NETWORK = 'Any network';

/** The newest link; its parameter for the click id is set when a network is connected. */
const newestLinkQuery = {
  queryKey: ['links', 'newest'],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    bodyOf(await api.GET('/api/v1/links', { params: { query: { limit: 1 } }, signal })).data[0] ?? null,
};

/** Connects a network by its preset, and gives the newest link its parameter for the click id. */
export function NetworkAct() {
  const presets = useQuery(presetsQuery);
  const [presetId, setPresetId] = useState<string | null>(null);
  const preset = presets.data?.find(({ id }) => id === presetId);
  const canSetLink = hasScope(useMe(), 'links:write');
  const { data: link } = useQuery({ ...newestLinkQuery, enabled: canSetLink });
  const freeLink = link?.networkId === null ? link : undefined;
  const connect = useConnect(freeLink?.id);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (preset !== undefined && !connect.isPending) connect.mutate(preset);
  };
  if (presets.error !== null) return <ErrorBox error={presets.error} onRetry={() => void presets.refetch()} />;
  return (
    <form onSubmit={submit}>
      <div className={styles.form}>
        <Select
          label={startWords.preset}
          placeholder={startWords.presetHint}
          nothingFoundMessage={startWords.noPreset}
          data={choicesOf(presets.data ?? [])}
          value={presetId}
          onChange={setPresetId}
          searchable
          selectFirstOptionOnChange
          maxDropdownHeight={280}
          comboboxProps={{ shadow: 'md' }}
          classNames={{ input: styles.select ?? '' }}
        />
        <Button type="submit" look="primary" isBusy={connect.isPending} disabled={preset === undefined}>
          {connect.isPending ? startWords.connecting : startWords.connect}
        </Button>
        <ButtonLink look="quiet" to="/networks">
          {startWords.allNetworks}
        </ButtonLink>
      </div>
      {preset === undefined ? null : (
        <p className={styles.effect}>
          <CodedText>
            {freeLink === undefined
              ? startWords.connectNoLink(preset.clickIdParam)
              : startWords.connectEffect(preset.clickIdParam)}
          </CodedText>
        </p>
      )}
      {connect.error === null ? null : (
        <p role="alert" className="bad">
          {messageOf(connect.error)}
        </p>
      )}
    </form>
  );
}

function choicesOf(presets: readonly Preset[]): { value: string; label: string }[] {
  return presets.map(({ id, name }) => ({ value: id, label: id === CUSTOM_PRESET ? ANY_NETWORK : name }));
}

function useConnect(linkId: string | undefined) {
  const queries = useQueryClient();
  const keep = useKeepNetwork();
  const sent = useRef({ preset: '', key: '' });
  return useMutation({
    mutationFn: async ({ id: preset, name }: Preset) => {
      if (sent.current.preset !== preset) sent.current = { preset, key: newIdempotencyKey() };
      const header = { 'Idempotency-Key': sent.current.key };
      const body = { name: preset === CUSTOM_PRESET ? ANY_NETWORK : name, preset };
      const network = bodyOf(await api.POST('/api/v1/networks', { params: { header }, body }));
      keep(network);
      showNotice(...(await setLink(linkId, network)));
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['setup'] }),
        queries.invalidateQueries({ queryKey: ['links'] }),
      ]);
    },
  });
}

/** Gives the link its network and parameter. @returns what to say of it */
async function setLink(
  linkId: string | undefined,
  { id: networkId, name, clickIdParam }: { id: string; name: string; clickIdParam: string },
): Promise<Parameters<typeof showNotice>> {
  if (linkId === undefined) return [startWords.connected(name)];
  try {
    const body = { networkId, clickIdParam } as Schema<'UpdateLinkRequest'>; // the types ask for fields that have defaults
    await api.PATCH('/api/v1/links/{id}', { params: { path: { id: linkId } }, body });
    return [startWords.linkSet(name, clickIdParam)];
  } catch (error) {
    return [startWords.linkNotSet(name, messageOf(error)), { isError: true }];
  }
}
