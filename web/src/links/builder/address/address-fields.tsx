import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, bodyOf } from '../../../api/client';
import { useNetworks } from '../../../networks/use-networks';
import { hasScope, useMe } from '../../../app/session';
import { Button } from '../../../ui/controls/button';
import { CheckField } from '../../../ui/controls/check-field';
import { Field } from '../../../ui/controls/field';
import { SelectField } from '../../../ui/controls/select-field';
import { useBuilder } from '../builder-context';
import { builderWords } from '../builder-words';
import styles from './address.module.css';

/** Where the link is found, and the network that reports its conversions. */
export function AddressFields() {
  return (
    <div className={styles.two}>
      <ShortLinkField />
      <NetworkField />
    </div>
  );
}

function useDomains() {
  const isAllowed = hasScope(useMe(), 'domains:read');
  return useQuery({
    queryKey: ['domains', 'names'],
    staleTime: 60_000,
    enabled: isAllowed,
    queryFn: async ({ signal }) => {
      const { data } = bodyOf(await api.GET('/api/v1/domains', { params: { query: { limit: 100 } }, signal }));
      return data.filter(({ status, isArchived }) => status === 'verified' && !isArchived);
    },
  });
}

function ShortLinkField() {
  const { draft, before, link, change, dispatch, preview, isPreviewOld, problemsIn } = useBuilder();
  const domains = useDomains().data ?? [];
  const [isTyping, setTyping] = useState(false);
  useRandomSlug(isTyping);
  const suggestion = isPreviewOld ? null : (preview?.slug.suggestion ?? null);
  const problem = problemsIn('slug');
  const error = suggestion === null ? problem : builderWords.taken(draft.slug);
  return (
    <div className={styles.shortLink}>
      <Field
        label={builderWords.shortLink}
        error={error ?? problemsIn('domain')}
        good={error === undefined ? <SlugState /> : undefined}
      >
        {(attributes) => (
          <div className={styles.address} data-invalid={attributes['aria-invalid']}>
            {link !== null || domains.length < 2 ? (
              <span className={styles.domain}>{draft.domain || hostOf(preview?.shortUrl)}</span>
            ) : (
              <select
                aria-label={builderWords.domain}
                className={styles.domain}
                value={draft.domain || hostOf(preview?.shortUrl)}
                onChange={(event) => change({ domain: event.target.value })}
              >
                {domains.map(({ hostname, displayName }) => (
                  <option key={hostname} value={hostname}>
                    {displayName}
                  </option>
                ))}
              </select>
            )}
            <span className="muted" aria-hidden="true">
              /
            </span>
            <input
              {...attributes}
              type="text"
              className={styles.slug}
              value={draft.slug}
              maxLength={190}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
              placeholder={builderWords.randomSlug}
              onChange={(event) => change({ slug: event.target.value.trimStart() })}
              onFocus={(event) => {
                setTyping(true);
                if (draft.isSlugRandom) event.target.select();
              }}
              onBlur={() => {
                setTyping(false);
                if (draft.slug.trim() === '') dispatch({ type: 'drawSlug' });
              }}
            />
            {link === null ? (
              <Button
                look="quiet"
                isSmall
                icon={<IconRefresh className="icon-small" />}
                aria-label={builderWords.otherSlug}
                title={builderWords.otherSlug}
                onClick={() => dispatch({ type: 'drawSlug' })}
              />
            ) : null}
          </div>
        )}
      </Field>
      {suggestion === null ? null : (
        <Button isSmall onClick={() => change({ slug: suggestion })}>
          {builderWords.useSlug(suggestion)}
        </Button>
      )}
      {link !== null && draft.slug !== before.slug && draft.slug !== '' ? (
        <CheckField checked={draft.keepsOldSlug} onChange={(keepsOldSlug) => change({ keepsOldSlug })}>
          {builderWords.keepOldSlug(before.slug)}
        </CheckField>
      ) : null}
    </div>
  );
}

/**
 * Takes the server's example of a random slug, unless the person is typing one. It stays even if it is taken meanwhile: that may be
 * by this draft, whose answer was lost, and another slug would make a second link.
 */
function useRandomSlug(isTyping: boolean): void {
  const { draft, dispatch, preview, isPreviewOld } = useBuilder();
  const example = isPreviewOld ? undefined : preview?.slug.value;
  const isWanted = draft.isSlugRandom && draft.slug === '' && !isTyping;
  useEffect(() => {
    if (isWanted && example !== undefined) dispatch({ type: 'takeRandomSlug', slug: example });
  }, [isWanted, example, dispatch]);
}

function SlugState() {
  const { draft, before, preview, isPreviewOld } = useBuilder();
  if (draft.slug === '' || draft.slug === before.slug) return null;
  if (isPreviewOld || preview?.slug.free !== true) return <span className="muted">{builderWords.checking}</span>;
  return (
    <>
      <IconCheck className={styles.tick} aria-hidden="true" />
      {builderWords.free}
    </>
  );
}

function hostOf(shortUrl: string | null | undefined): string {
  try {
    return new URL(shortUrl ?? '').host;
  } catch {
    return '';
  }
}

function NetworkField() {
  const { draft, link, change, problemsIn } = useBuilder();
  const networks = useNetworks();
  const chosen = networks.find(({ id }) => id === draft.networkId);
  const isUnknown = draft.networkId !== '' && chosen === undefined;
  const choices = [
    { value: '', label: builderWords.noNetwork },
    ...networks.map(({ id, name }) => ({ value: id, label: name })),
    ...(isUnknown ? [{ value: draft.networkId, label: draft.networkId }] : []),
  ];
  // Only a new link takes over the parameter of its network.
  const expected = link !== null && draft.clickId === 'named' ? chosen?.clickIdParam : undefined;
  return (
    <div className={styles.shortLink}>
      <SelectField
        label={builderWords.network}
        choices={choices}
        value={draft.networkId}
        onChange={(networkId) => change({ networkId })}
        error={problemsIn('networkId')}
        good={<ClickIdNote />}
      />
      {expected === undefined || expected === draft.clickIdParam ? null : (
        <Button isSmall onClick={() => change({ clickIdParam: expected })}>
          {builderWords.useNetworkParam(expected)}
        </Button>
      )}
    </div>
  );
}

function ClickIdNote() {
  const { preview } = useBuilder();
  if (preview === undefined) return null;
  const { clickIdParam, parts } = preview;
  const carrier = parts.find(({ kind }) => kind === 'clickId' || kind === 'appended')?.name ?? clickIdParam;
  if (carrier === null) return <span className="muted">{builderWords.clickIdNotAppended}</span>;
  return (
    <>
      <IconCheck className={styles.tick} aria-hidden="true" />
      <span>
        {builderWords.clickIdGoesIn} <code>{carrier}</code>
      </span>
    </>
  );
}
