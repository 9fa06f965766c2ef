import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { hasScope, useMe } from '../../app/session';
import { useDebounced } from '../../app/use-debounced';
import { TextAreaField } from '../../ui/controls/text-field';
import { Card } from '../../ui/layout/card';
import { ErrorBox } from '../../ui/layout/feedback';
import { showUndo } from '../../ui/layout/toasts-state';
import type { Network, Preset } from '../gallery/gallery-entries';
import { isSameMapping, type Mapping } from '../mapping/mapping-edits';
import { mappingWords } from '../mapping/mapping-words';
import { previewQuery, usePatchNetwork, useRestoringPatch } from '../networks-queries';
import { networksWords } from '../networks-words';
import { ParameterTable } from './parameter-table';
import { findRequest } from './pasted-request';
import { PreviewResult } from './preview-result';

const SETTLE_MS = 350;
const MAX_PASTED = 60_000;

/**
 * Reads a pasted request. What can be derived from it is filled in as a proposal, with its effect; it is saved by one act,
 * and can be taken back.
 */
export function PasteCard({ network, preset }: { network: Network; preset: Preset | undefined }) {
  const canChange = hasScope(useMe(), 'networks:write');
  const [text, setText] = useState('');
  const settled = useDebounced(text, SETTLE_MS);
  const request = useMemo(() => findRequest(settled), [settled]);
  // Chosen by hand for one pasted text; before that, the proposal counts.
  const [chosen, setChosen] = useState<{ text: string; mapping: Mapping } | null>(null);

  const today = useQuery(previewQuery(network.id, request));
  const suggestion = today.isPlaceholderData ? undefined : today.data?.suggestion?.mapping;
  const isChosen = chosen?.text === settled;
  const mapping = isChosen ? chosen.mapping : (suggestion ?? network.mapping);
  const isChanged = request !== undefined && !isSameMapping(mapping, network.mapping);
  const drafted = useQuery(previewQuery(network.id, isChanged ? { ...request, mapping } : undefined));
  const failed = [today, drafted].find(({ error }) => error !== null);
  const shown = isChanged ? (drafted.data ?? today.data) : today.data;
  const save = useSaveMapping(network);
  const choose = (next: Mapping): void => setChosen({ text: settled, mapping: next });
  return (
    <Card title={mappingWords.paste} note={mappingWords.pasteNote}>
      <TextAreaField
        label={mappingWords.pasteLabel}
        isLabelHidden
        isMono
        rows={3}
        maxLength={MAX_PASTED}
        spellCheck={false}
        autoComplete="off"
        placeholder={mappingWords.pasteHint}
        hint={request === undefined ? mappingWords.pasteFirst : undefined}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {failed === undefined ? null : (
        <ErrorBox error={failed.error} onRetry={() => void failed.refetch()} />
      )}
      {request === undefined || shown === undefined || today.data === undefined ? null : (
        <>
          <ParameterTable
            today={today.data}
            shown={shown}
            mapping={mapping}
            storedMapping={network.mapping}
            presetParams={preset?.mapping.params ?? {}}
            isProposal={!isChosen}
            onChange={canChange ? choose : undefined}
          />
          <PreviewResult
            today={today.data}
            shown={shown}
            isChanged={isChanged}
            isSaving={save.isPending}
            onSave={canChange && isChanged ? () => save.run(mapping) : undefined}
            onDiscard={() => choose(network.mapping)}
          />
          {save.error === null ? null : <ErrorBox error={save.error} />}
        </>
      )}
    </Card>
  );
}

function useSaveMapping({ id, mapping: earlier }: Network): {
  isPending: boolean;
  error: unknown;
  run: (mapping: Mapping) => void;
} {
  const patch = usePatchNetwork(id);
  const restore = useRestoringPatch(id);
  return {
    isPending: patch.isPending,
    error: patch.error,
    run: (mapping) => {
      if (patch.isPending) return;
      patch.mutate(
        { mapping },
        {
          onSuccess: () =>
            showUndo(mappingWords.saved, networksWords.undo, () => restore({ mapping: earlier }, mappingWords.restored)),
        },
      );
    },
  };
}
