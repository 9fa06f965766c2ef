import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useState } from 'react';
import { hasScope, useMe } from '../../app/session';
import { Button } from '../../ui/controls/button';
import { StatusMark } from '../../ui/data/status';
import { Card } from '../../ui/layout/card';
import { CUSTOM_PRESET, type Preset } from '../gallery/gallery-entries';
import { networksWords } from '../networks-words';
import { ConnectForm } from './connect-form';
import { DetailHead } from './detail-head';
import { NetworkFacts } from './network-facts';
import { PostbackUrls } from './postback-urls';
import styles from './preset-view.module.css';

/** A preset: what it needs, what it sends, what it cannot; and the way to connect it. */
export function PresetView({ preset }: { preset: Preset }) {
  const [isConnecting, setConnecting] = useState(false);
  const isAllowed = hasScope(useMe(), 'networks:write');
  const isCustom = preset.id === CUSTOM_PRESET;
  const name = isCustom ? networksWords.custom : preset.name;
  return (
    <Card isBare>
      <DetailHead
        name={name}
        note={<PresetNote preset={preset} />}
        actions={
          isAllowed && !isConnecting ? (
            <Button
              look="primary"
              icon={<IconPlus className="icon" aria-hidden="true" />}
              onClick={() => setConnecting(true)}
            >
              {networksWords.connect}
            </Button>
          ) : undefined
        }
      />
      <div className={styles.body}>
        {isConnecting ? (
          <ConnectForm
            preset={preset.id}
            suggestedName={isCustom ? '' : preset.name}
            suggestedCurrency={preset.defaults.currency}
            onCancel={() => setConnecting(false)}
          />
        ) : null}
        <NetworkFacts {...preset} sends={isCustom ? null : preset.sends} limits={isCustom ? null : preset.limits} />
        <PostbackUrls urls={preset.postbackUrls} params={preset.mapping.params} isExample />
        <section aria-label={networksWords.checks}>
          <h3>{networksWords.checks}</h3>
          <ul className={styles.checks}>
            {preset.checks.map((check) => (
              <li key={check}>
                <span className={styles.mark}>
                  <StatusMark shape="pending" />
                </span>
                <span>{check}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Card>
  );
}

function PresetNote({ preset: { id, kind, macroSyntax, source, verified, unverifiedParts } }: { preset: Preset }) {
  if (id === CUSTOM_PRESET) return networksWords.customNote;
  return (
    <>
      {networksWords.kinds[kind]} · {networksWords.macrosLike} <code>{macroSyntax}</code> · {networksWords.source(source)}
      {verified && unverifiedParts.length > 0 ? (
        <span title={networksWords.openPartsTitle(unverifiedParts)}>, {networksWords.openParts(unverifiedParts)}</span>
      ) : null}
      {verified ? null : `, ${networksWords.notVerified.toLowerCase()}`}
    </>
  );
}
