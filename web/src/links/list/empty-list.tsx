import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, bodyOf } from '../../api/client';
import { hasScope, useMe } from '../../app/session';
import { Button, ButtonLink } from '../../ui/controls/button';
import { EmptyState } from '../../ui/layout/feedback';

import { useNetworkNames } from '../../networks/use-networks';
import { LINK_FILTERS, type LinkFilterName, type LinkFilters, type LinkStateName, toLinkQuery } from '../links-search';
import { linksWords } from '../links-words';

/** No link exists: the first one, or demo data. */
export function NoLinks() {
  const canChange = hasScope(useMe(), 'links:write');
  const { empty } = linksWords;
  return (
    <EmptyState
      title={empty.title}
      actions={
        canChange ? (
          <>
            <ButtonLink to="/links" search={{ builder: 'new' }} look="primary">
              {empty.act}
            </ButtonLink>
            <ButtonLink to="/start">{empty.demo}</ButtonLink>
          </>
        ) : undefined
      }
    >
      {empty.text}
    </EmptyState>
  );
}

interface Alternative {
  name: LinkFilterName | 'state';
  chip: string;
  count: number;
}

/** Links exist, but none matches: which filter to drop, and what that would give. */
export function NoMatches({
  filters,
  state,
  onDrop,
}: {
  filters: LinkFilters;
  state: LinkStateName;
  onDrop: (name: LinkFilterName | 'state') => void;
}) {
  const alternatives = useAlternatives(filters, state);
  const { noneMatch } = linksWords;
  const best = alternatives?.toSorted((a, b) => b.count - a.count).filter(({ count }) => count > 0);
  return (
    <EmptyState
      title={noneMatch.title}
      actions={best?.map(({ name, chip }) => (
        <Button key={name} onClick={() => onDrop(name)}>
          {noneMatch.drop(chip)}
        </Button>
      ))}
    >
      {best === undefined ? null : best.length === 0 ? noneMatch.none : null}
      {best?.map(({ name, chip, count }) => (
        <span key={name}>{noneMatch.without(count, chip)} </span>
      ))}
    </EmptyState>
  );
}

/** How many links match without each one of the filters; undefined until all are counted. */
function useAlternatives(filters: LinkFilters, state: LinkStateName): Alternative[] | undefined {
  const networks = useNetworkNames();
  const { noneMatch } = linksWords;
  const cases = useMemo(() => {
    const byFilter = LINK_FILTERS.filter((name) => filters[name] !== undefined).map((name) => ({
      name,
      query: toLinkQuery({ ...filters, [name]: undefined }, state),
    }));
    return state === 'all' ? byFilter : [...byFilter, { name: 'state' as const, query: toLinkQuery(filters, 'all') }];
  }, [filters, state]);
  return useQueries({
    queries: cases.map(({ name, query }) => ({
      queryKey: ['links', 'count', query],
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Alternative> => {
        const { total } = bodyOf(await api.GET('/api/v1/links/count', { params: { query }, signal }));
        const value = name === 'state' ? linksWords.states[state] : (filters[name] ?? '');
        const title = name === 'state' ? linksWords.state : linksWords.filters[name];
        const shown = name === 'networkId' ? (networks.get(value) ?? value) : value;
        return { name, chip: noneMatch.chip(title, shown), count: total };
      },
    })),
    combine: (results) => (results.every(({ data }) => data) ? results.flatMap(({ data }) => data ?? []) : undefined),
  });
}
