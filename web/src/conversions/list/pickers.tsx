import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { useDebounced } from '../../app/use-debounced';
import { conversionWords as words } from '../conversions-words';
import { nameOfLink } from '../../links/link-names';
import { useNetworks } from '../../networks/use-networks';
import { type PickChoice, PickList } from './pick-list';

const TYPING_MS = 200;
const MAX_LINKS = 20;

/** Finds a link by words of its title, slug or destination. */
export function LinkPicker({ onPick, isLabelHidden }: { onPick: (link: PickChoice) => void; isLabelHidden?: boolean }) {
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), TYPING_MS);
  const { data = [], isPending } = useQuery({
    queryKey: ['links', 'picker', search],
    queryFn: async ({ signal }) => {
      const query = { limit: MAX_LINKS, archived: 'all' as const, ...(search !== '' && { search }) };
      return bodyOf(await api.GET('/api/v1/links', { params: { query }, signal })).data.map(nameOfLink);
    },
    placeholderData: keepPreviousData,
  });
  return (
    <PickList
      label={words.findLink}
      choices={data.map(({ id, title, address }) => ({ id, label: title, note: address }))}
      onSearch={setText}
      onPick={onPick}
      nothing={isPending ? '' : words.noLinkFound}
      {...(isLabelHidden !== undefined && { isLabelHidden })}
    />
  );
}

/** Finds a network by its name. */
export function NetworkPicker({ onPick }: { onPick: (network: PickChoice) => void }) {
  const [text, setText] = useState('');
  const networks = useNetworks();
  const found = networks.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <PickList
      label={words.findNetwork}
      choices={found.map(({ id, name }) => ({ id, label: name }))}
      onSearch={setText}
      onPick={onPick}
      nothing={words.noNetworkFound}
    />
  );
}
