import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf, type Schema } from '../../api/client';
import { messageOf } from '../../api/problem';
import { hasScope, useMe } from '../../app/session';
import { ActButton } from '../../ui/controls/act-button';
import { formatCount } from '../../ui/data/money-format';
import { Card } from '../../ui/layout/card';
import { showNotice, showUndo } from '../../ui/layout/toasts-state';
import { uiWords } from '../../ui/words';
import { importWords as words } from './import-words';
import { mappingChanges } from './mapping-changes';
import type { ImportJob } from './use-import';
import styles from './import.module.css';

/** What the import noticed about the file, and the mapping by which more of it could be read. */
export function Findings({ job }: { job: ImportJob }) {
  const { notices, warnings, ignoredColumns, networkId, suggestion } = job;
  const hasFindings = notices.length + warnings.length + ignoredColumns.length > 0;
  return (
    <>
      {networkId === null || suggestion === null ? null : (
        <Suggestion networkId={networkId} suggested={suggestion.mapping} />
      )}
      {hasFindings ? (
        <Card title={words.findings}>
          <ul className={styles.findings}>
            {notices.map(({ code, text }) => (
              <li key={`${code} ${text}`}>{text}</li>
            ))}
            {warnings.map(({ code, text, rows }) => (
              <li key={`${code} ${text}`}>{words.warning(text, formatCount(rows))}</li>
            ))}
            {ignoredColumns.length === 0 ? null : (
              <li>
                {words.ignoredColumns}: {ignoredColumns.map((name) => `“${name}”`).join(', ')}
              </li>
            )}
          </ul>
        </Card>
      ) : null}
    </>
  );
}

function useNetwork(id: string) {
  return useQuery({
    queryKey: ['networks', 'mapping', id],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/api/v1/networks/{id}', { params: { path: { id } }, signal })),
    enabled: hasScope(useMe(), 'networks:read'),
  });
}

function Suggestion({ networkId, suggested }: { networkId: string; suggested: Schema<'NetworkMappingResponse'> }) {
  const { data: network } = useNetwork(networkId);
  const canMap = hasScope(useMe(), 'networks:write');
  const setMapping = useSetMapping(networkId);
  const changes = network === undefined ? [] : mappingChanges(network.mapping, suggested);
  if (network === undefined || changes.length === 0) return null;
  const { mapping, name } = network;
  const apply = async (): Promise<void> => {
    await setMapping(suggested);
    showUndo(words.applied(name), uiWords.undo, () => {
      setMapping(mapping)
        .then(() => showNotice(words.takenBack))
        .catch((error: unknown) => showNotice(messageOf(error), { isError: true }));
    });
  };
  return (
    <Card title={words.suggestion} note={words.suggestionNote(name)}>
      <div className="stack">
        <ul className={styles.findings}>
          {changes.map(({ kind, from, to }) => (
            <li key={`${kind} ${from} ${to}`}>
              {words.changeKinds[kind]} <code>{from}</code> → <code>{to}</code>
            </li>
          ))}
        </ul>
        {canMap ? <ActButton act={apply}>{words.apply}</ActButton> : null}
      </div>
    </Card>
  );
}

function useSetMapping(id: string) {
  const queries = useQueryClient();
  return async (mapping: Schema<'NetworkMappingResponse'>): Promise<void> => {
    await api.PATCH('/api/v1/networks/{id}', { params: { path: { id } }, body: { mapping } });
    await queries.invalidateQueries({ queryKey: ['networks'] });
  };
}
