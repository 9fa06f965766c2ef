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
import { securityWords } from './security-words';
import styles from './network-view.module.css';

/** The keys of a network: that of its postback URL, the one before, and the public one for pages. */
export function KeysCard({ network, canChange }: { network: Network; canChange: boolean }) {
  return (
    <Card title={securityWords.keys} note={securityWords.keysNote}>
      <div className="stack">
        <PresentKey network={network} canChange={canChange} />
        {network.oldKey === null ? null : <OldKey network={network} oldKey={network.oldKey} canChange={canChange} />}
        <PixelKey network={network} canChange={canChange} />
      </div>
    </Card>
  );
}

/** A key; who may not change it sees its mask, without a way to copy it. */
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
      showNotice(securityWords.rotated);
    },
  });
  return (
    <section className={styles.act} aria-label={securityWords.key}>
      <h3>{securityWords.key}</h3>
      <Key value={key} label={securityWords.copyKey} canCopy={canChange} />
      {canChange ? (
        <div className="row wrap">
          <Button isSmall isBusy={rotate.isPending} onClick={() => rotate.mutate(newIdempotencyKey())}>
            {securityWords.rotate}
          </Button>
          <span className="note">{oldKey === null ? securityWords.rotateText : securityWords.rotateEnds}</span>
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
      showNotice(securityWords.ended);
    },
  });
  return (
    <section className={`${styles.act} ${styles.separated}`} aria-label={securityWords.oldKey}>
      <h3>{securityWords.oldKey}</h3>
      <p className="mono anywhere">{oldKey}</p>
      {!canChange ? null : isAsked ? (
        <div className="row wrap">
          <span className="secondary">{securityWords.endText}</span>
          <Button isSmall look="danger" isBusy={end.isPending} onClick={() => end.mutate()}>
            {securityWords.endConfirm}
          </Button>
          <Button isSmall look="quiet" onClick={() => setAsked(false)}>
            {securityWords.keepIt}
          </Button>
        </div>
      ) : (
        <Button isSmall onClick={() => setAsked(true)}>
          {securityWords.endOldKey}
        </Button>
      )}
      {end.error === null ? null : <ErrorBox error={end.error} />}
    </section>
  );
}

function PixelKey({ network: { pixelKey, postbackUrl }, canChange }: { network: Network; canChange: boolean }) {
  const { origin } = new URL(postbackUrl);
  return (
    <section className={`${styles.act} ${styles.separated}`} aria-label={securityWords.pixelKey}>
      <h3>{securityWords.pixelKey}</h3>
      <p className="note">{pixelKey === null ? securityWords.noPixelKey : securityWords.pixelText}</p>
      {pixelKey === null ? null : !canChange ? (
        <p className="mono">{pixelKey}</p>
      ) : (
        <>
          <p className="secondary">{securityWords.snippet}</p>
          <CopyBox
            text={`<script src="${origin}/hopback.js" data-key="${pixelKey}" async></script>`}
            label={securityWords.copySnippet}
          />
          <p className="secondary">{securityWords.pixel}</p>
          <CopyBox
            text={`<img src="${origin}/pixel/${pixelKey}.gif?event=sale" width="1" height="1" alt="">`}
            label={securityWords.copyPixel}
          />
        </>
      )}
    </section>
  );
}
