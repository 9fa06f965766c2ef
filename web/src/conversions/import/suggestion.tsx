import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schema } from '../../api/client';
import { messageOf } from '../../api/problem';
import { networkQuery } from '../../networks/network-query';
import { hasScope, useMe } from '../../app/session';
import { ActButton } from '../../ui/controls/act-button';
import { SelectField } from '../../ui/controls/select-field';
import { Card } from '../../ui/layout/card';
import { showNotice, showUndo } from '../../ui/layout/toasts-state';
import { uiWords } from '../../ui/words';
import { EVENT_NAMES } from '../../ui/data/event-names';
import { STATUS_NAMES } from '../conversions-words';
import { importWords as words } from './import-words';
import { mappingChanges } from './mapping-changes';
import type { UnmappedWord } from './unmapped-words';
import styles from './import.module.css';

type Mapping = Schema<'NetworkMappingResponse'>;

const MEANINGS = {
  events: { ...EVENT_NAMES, chargeback: words.chargeback },
  statuses: { ...STATUS_NAMES, ignore: words.ignoreStatus },
} as const satisfies Record<UnmappedWord['kind'], Record<string, string>>;

/** The mapping by which more of a file could be read: names that were understood, and unknown words with a choice each. */
export function Suggestion({
  networkId,
  suggested,
  unmapped,
}: {
  networkId: string;
  suggested: Mapping | undefined;
  unmapped: readonly UnmappedWord[];
}) {
  const { data: network } = useNetwork(networkId);
  const canMap = hasScope(useMe(), 'networks:write');
  const setMapping = useSetMapping(networkId);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  if (network === undefined) return null;
  const { mapping, name } = network;
  const changes = suggested === undefined ? [] : mappingChanges(mapping, suggested);
  const open = unmapped.filter(({ kind, word }) => mapping[kind][word] === undefined);
  if (changes.length === 0 && open.length === 0) return null;
  const apply = async (): Promise<void> => {
    await setMapping(withWords(suggested ?? mapping, open, chosen));
    showUndo(words.applied(name), uiWords.undo, () => {
      setMapping(mapping)
        .then(() => showNotice(words.takenBack))
        .catch((error: unknown) => showNotice(messageOf(error), { isError: true }));
    });
  };
  const hasChange = changes.length > 0 || open.some((one) => (chosen[keyOf(one)] ?? '') !== '');
  return (
    <Card title={words.suggestion} note={words.suggestionNote(name)}>
      <div className="stack">
        <ul className={styles.findings}>
          {changes.map(({ kind, from, to }) => (
            <li key={`${kind} ${from} ${to}`}>
              {words.changeKinds[kind]} <code>{from}</code> → <code>{to}</code>
            </li>
          ))}
          {open.map((one) => (
            <li key={keyOf(one)} className={styles.word}>
              <span>
                {words.changeKinds[one.kind]} <code>{one.word}</code> →
              </span>
              <SelectField
                label={words.meaningOf(words.changeKinds[one.kind], one.word)}
                isLabelHidden
                disabled={!canMap}
                value={chosen[keyOf(one)] ?? ''}
                choices={[
                  { value: '', label: words.notMapped },
                  ...Object.entries(MEANINGS[one.kind]).map(([value, label]) => ({ value, label })),
                ]}
                onChange={(value) => setChosen({ ...chosen, [keyOf(one)]: value })}
              />
            </li>
          ))}
        </ul>
        {canMap && hasChange ? <ActButton act={apply}>{words.apply}</ActButton> : null}
      </div>
    </Card>
  );
}

function keyOf({ kind, word }: UnmappedWord): string {
  return `${kind} ${word}`;
}

function withWords(mapping: Mapping, open: readonly UnmappedWord[], chosen: Readonly<Record<string, string>>): Mapping {
  const added = (kind: UnmappedWord['kind']): Record<string, string> =>
    Object.fromEntries(
      open
        .filter((one) => one.kind === kind && (chosen[keyOf(one)] ?? '') !== '')
        .map((one) => [one.word, chosen[keyOf(one)] ?? '']),
    );
  return {
    ...mapping,
    events: { ...mapping.events, ...added('events') },
    statuses: { ...mapping.statuses, ...added('statuses') },
  };
}

function useNetwork(id: string) {
  return useQuery({ ...networkQuery(id), enabled: hasScope(useMe(), 'networks:read') });
}

function useSetMapping(id: string) {
  const queries = useQueryClient();
  return async (mapping: Mapping): Promise<void> => {
    await api.PATCH('/api/v1/networks/{id}', { params: { path: { id } }, body: { mapping } });
    await queries.invalidateQueries({ queryKey: ['networks'] });
  };
}
