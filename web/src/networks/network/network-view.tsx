import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '../../api/problem';
import { hasScope, useMe } from '../../app/session';
import { Segments } from '../../ui/controls/segments';
import { Card } from '../../ui/layout/card';
import { ErrorBox } from '../../ui/layout/feedback';
import type { Network, Preset } from '../gallery/gallery-entries';
import type { MappingDraft } from '../mapping/mapping-draft';
import { MappingEditor } from '../mapping/mapping-editor';
import { networkQuery } from '../network-query';
import { NETWORK_TABS, type NetworksSearch, type NetworkTab } from '../networks-search';
import { networksWords } from '../networks-words';
import { PasteCard } from '../paste/paste-card';
import { DetailHead } from '../preset/detail-head';
import { NetworkFacts } from '../preset/network-facts';
import { PostbackUrls } from '../preset/postback-urls';
import { SkeletonDetail } from '../preset/skeleton-detail';
import { TestConsole } from '../test/test-console';
import { Checks } from './checks';
import { LastPostback } from './last-postback';
import type { SecurityDraft } from './security-draft';
import { SecurityTab } from './security-tab';
import styles from './network-view.module.css';

/** A network of the workspace with its parts. */
export function NetworkView({
  id,
  search,
  presets,
}: {
  id: string;
  search: NetworksSearch;
  presets: readonly Preset[];
}) {
  const { data: network, error, refetch } = useQuery(networkQuery(id));
  const me = useMe();
  const navigate = useNavigate();
  const canSeePostbacks = hasScope(me, 'postbacks:read');
  // Here, so that nothing typed is lost when another part is opened.
  const [pasted, setPasted] = useState('');
  const [mapping, setMapping] = useState<MappingDraft | null>(null);
  const [security, setSecurity] = useState<SecurityDraft | null>(null);
  const canTest = hasScope(me, 'postbacks:write');
  if (network === undefined) {
    if (error instanceof ApiProblem && error.status === 404) return <p>{networksWords.gone}</p>;
    return error === null ? <SkeletonDetail /> : <ErrorBox error={error} onRetry={() => void refetch()} />;
  }
  const tabs = NETWORK_TABS.filter((tab) => tab !== 'test' || canTest);
  const tab = tabs.find((one) => one === search.tab) ?? 'setup';
  const preset = presets.find((one) => one.id === network.preset);
  return (
    <>
      {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
      <Card isBare>
        <DetailHead name={network.name} note={<NetworkNote network={network} canSeePostbacks={canSeePostbacks} />} />
        <div className={styles.tabs}>
          <Segments
            label={networksWords.tabsLabel}
            segments={tabs.map((value) => ({ value, label: networksWords.tabs[value] }))}
            value={tab}
            onChange={(value: NetworkTab) =>
              void navigate({
                to: '/networks',
                search: { ...search, id, preset: undefined, tab: value === 'setup' ? undefined : value },
              })
            }
          />
        </div>
        {tab === 'setup' ? <SetupPart network={network} preset={preset} /> : null}
      </Card>
      {tab === 'setup' && canSeePostbacks ? (
        <PasteCard network={network} preset={preset} text={pasted} onChange={setPasted} />
      ) : null}
      {tab === 'mapping' ? (
        <MappingEditor network={network} preset={preset} edited={mapping} onEdit={setMapping} />
      ) : null}
      {tab === 'test' ? <TestConsole network={network} /> : null}
      {tab === 'security' ? <SecurityTab network={network} edited={security} onEdit={setSecurity} /> : null}
    </>
  );
}

function NetworkNote({ network, canSeePostbacks }: { network: Network; canSeePostbacks: boolean }) {
  const canChange = hasScope(useMe(), 'networks:write');
  return (
    <>
      {network.presetName ?? networksWords.withoutPreset}
      {canSeePostbacks ? (
        <>
          {' · '}
          <LastPostback networkId={network.id} />
        </>
      ) : null}
      {canChange ? null : <span className={styles.reading}>{networksWords.onlyReading}</span>}
    </>
  );
}

/** The facts, the URLs and the checks of a network. */
function SetupPart({ network, preset }: { network: Network; preset: Preset | undefined }) {
  const params = { ...preset?.mapping.params, ...network.mapping.params };
  return (
    <div className={styles.body}>
      <NetworkFacts {...network} />
      <PostbackUrls urls={network.postbackUrls} params={params} />
      {network.checks.length === 0 ? (
        <p className="note">{networksWords.noPresetMacros}</p>
      ) : (
        <Checks network={network} />
      )}
    </div>
  );
}
