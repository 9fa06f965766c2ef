import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { newIdempotencyKey } from '../../api/idempotency-key';
import { Button } from '../../ui/controls/button';
import { CopyBox } from '../../ui/data/parameters';
import { Card } from '../../ui/layout/card';
import { ErrorBox } from '../../ui/layout/feedback';
import { showNotice } from '../../ui/layout/toasts-state';
import type { Network } from '../gallery/gallery-entries';
import { useKeepNetwork } from '../networks-queries';
import { networkSecurityWords } from './security-words';
import styles from './network-view.module.css';

/** The keys of a network: that of its postback URL, the one before, and the public one for pages. */
export function KeysCard({ network, canChange }: { network: Network; canChange: boolean }) {
  return (
    <Card title={networkSecurityWords.keys} note={networkSecurityWords.keysNote}>
      <div className="stack">
        <PresentKey network={network} canChange={canChange} />
        {network.oldKey === null ? null : <OldKey network={network} oldKey={network.oldKey} canChange={canChange} />}
        <PixelKey network={network} canChange={canChange} />
      </div>
    </Card>
  );
}

/** A key. Roles that may not change it see its mask, which is of no use to copy. */
function Key({ value, label, canCopy }: { value: string; label: string; canCopy: boolean }) {
  return canCopy ? <CopyBox text={value} label={label} /> : <p className="mono">{value}</p>;
}

function PresentKey({ network: { id, key, oldKey }, canChange }: { network: Network; canChange: boolean }) {
  const keep = useKeepNetwork();
  const rotate = useMutation({
    mutationFn: async (idempotencyKey: string) => {
      const params = { path: { id }, header: { 'Idempotency-Key': idempotencyKey } };
      return bodyOf(await api.POST('/api/v1/networks/{id}/rotate-key', { params }));
    },
    onSuccess: (network) => {
      keep(network);
      showNotice(networkSecurityWords.rotated);
    },
  });
  return (
    <section className={styles.act} aria-label={networkSecurityWords.key}>
      <h3>{networkSecurityWords.key}</h3>
      <Key value={key} label={networkSecurityWords.copyKey} canCopy={canChange} />
      {canChange ? (
        <div className="row wrap">
          <Button isSmall isBusy={rotate.isPending} onClick={() => rotate.mutate(newIdempotencyKey())}>
            {networkSecurityWords.rotate}
          </Button>
          <span className="note">
            {oldKey === null ? networkSecurityWords.rotateText : networkSecurityWords.rotateEnds}
          </span>
        </div>
      ) : null}
      {rotate.error === null ? null : <ErrorBox error={rotate.error} />}
    </section>
  );
}

/** An ended key cannot come back, so that its end is asked for twice, in its place. */
function OldKey({ network, oldKey, canChange }: { network: Network; oldKey: string; canChange: boolean }) {
  const [isAsked, setAsked] = useState(false);
  const keep = useKeepNetwork();
  const end = useMutation({
    mutationFn: () => api.DELETE('/api/v1/networks/{id}/old-key', { params: { path: { id: network.id } } }),
    onSuccess: () => {
      keep({ ...network, oldKey: null });
      showNotice(networkSecurityWords.ended);
    },
  });
  return (
    <section className={`${styles.act} ${styles.separated}`} aria-label={networkSecurityWords.oldKey}>
      <h3>{networkSecurityWords.oldKey}</h3>
      <p className="mono anywhere">{oldKey}</p>
      {!canChange ? null : isAsked ? (
        <div className="row wrap">
          <span className="secondary">{networkSecurityWords.endText}</span>
          <Button isSmall look="danger" isBusy={end.isPending} onClick={() => end.mutate()}>
            {networkSecurityWords.endConfirm}
          </Button>
          <Button isSmall look="quiet" onClick={() => setAsked(false)}>
            {networkSecurityWords.keepIt}
          </Button>
        </div>
      ) : (
        <Button isSmall onClick={() => setAsked(true)}>
          {networkSecurityWords.endOldKey}
        </Button>
      )}
      {end.error === null ? null : <ErrorBox error={end.error} />}
    </section>
  );
}

function PixelKey({ network: { pixelKey, postbackUrl }, canChange }: { network: Network; canChange: boolean }) {
  const { origin } = new URL(postbackUrl);
  return (
    <section className={`${styles.act} ${styles.separated}`} aria-label={networkSecurityWords.pixelKey}>
      <h3>{networkSecurityWords.pixelKey}</h3>
      <p className="note">{pixelKey === null ? networkSecurityWords.noPixelKey : networkSecurityWords.pixelText}</p>
      {pixelKey === null ? null : !canChange ? (
        <p className="mono">{pixelKey}</p>
      ) : (
        <>
          <p className="secondary">{networkSecurityWords.snippet}</p>
          <CopyBox
            text={`<script src="${origin}/hopback.js" data-key="${pixelKey}" async></script>`}
            label={networkSecurityWords.copySnippet}
          />
          <p className="secondary">{networkSecurityWords.pixel}</p>
          <CopyBox
            text={`<img src="${origin}/pixel/${pixelKey}.gif?event=sale" width="1" height="1" alt="">`}
            label={networkSecurityWords.copyPixel}
          />
        </>
      )}
    </section>
  );
}
