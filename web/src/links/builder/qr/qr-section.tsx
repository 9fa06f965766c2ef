import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { useId, useMemo, useState } from 'react';
import { messageOf } from '../../../api/problem';
import { readStored, writeStored } from '../../../app/storage';
import { classes } from '../../../ui/classes';
import { ActButton } from '../../../ui/controls/act-button';
import { Button } from '../../../ui/controls/button';
import { Skeleton } from '../../../ui/layout/feedback';
import { useBuilder } from '../builder-context';
import { ProblemLine } from '../field-warnings';
import { checkQr, type QrCheck } from './qr-checks';
import type { QrStyle } from './qr-drawing';
import { download } from './qr-files';
import { QrStyleFields } from './qr-style-fields';
import { qrWords } from './qr-words';
import { qrFile, type QrSource, useQr } from './use-qr';
import styles from './qr.module.css';

const STYLE_NAME = 'qr-style';

/** The QR code of the short link, its look, and whether cameras can read it. */
export function QrSection() {
  const { draft, before, link, preview } = useBuilder();
  const id = useId();
  const [style, setStyle] = useState<QrStyle>(() => ({
    ...(readStored(STYLE_NAME, readColours) ?? BLACK),
    logo: null,
  }));
  const [isStyling, setStyling] = useState(false);
  const source: QrSource = { linkId: link?.id ?? null, shortUrl: link?.shortUrl ?? preview?.shortUrl ?? '', style };
  const { data, error } = useQr(source);
  const checks = data === undefined ? [] : checkQr({ ...style, hasLogo: style.logo !== null, modules: data.modules });
  const isReadable = checks.every(({ isGood }) => isGood);
  const choose = (chosen: QrStyle): void => {
    setStyle(chosen);
    writeStored(STYLE_NAME, { color: chosen.color, background: chosen.background });
  };
  return (
    <section className={styles.section} aria-labelledby={id}>
      <Picture svg={data?.svg} shortUrl={source.shortUrl} />
      <div className={styles.facts}>
        <h3 id={id}>{qrWords.title}</h3>
        {source.shortUrl === '' ? <p className="note">{qrWords.notYet}</p> : null}
        <ul>
          {checks.map((check) => (
            <CheckLine key={check.code} check={check} />
          ))}
        </ul>
        {link !== null && draft.slug !== before.slug ? <p className="note">{qrWords.ofSaved}</p> : null}
        <ProblemLine text={error === null || !isReadable ? undefined : messageOf(error)} />
        <div className={classes('row', 'wrap')}>
          {(['svg', 'png'] as const).map((format) =>
            data === undefined || !isReadable ? (
              <Button key={format} isSmall disabled aria-label={qrWords.downloadAs(qrWords[format])}>
                {qrWords[format]}
              </Button>
            ) : (
              <ActButton
                key={format}
                isSmall
                icon={format === 'svg' ? <IconDownload className="icon-small" /> : undefined}
                act={async () => download(await qrFile(source, data.svg, format), fileName(source.shortUrl, format))}
              >
                {qrWords[format]}
              </ActButton>
            ),
          )}
          <Button look="quiet" isSmall aria-expanded={isStyling} onClick={() => setStyling(!isStyling)}>
            {qrWords.style}
          </Button>
        </div>
      </div>
      {isStyling ? <QrStyleFields style={style} onChange={choose} /> : null}
    </section>
  );
}

const BLACK = { color: '#16181b', background: '#ffffff' };

function readColours(value: unknown): { color: string; background: string } | undefined {
  const { color, background } = (value ?? {}) as Record<string, unknown>;
  const isColour = (text: unknown): text is string => typeof text === 'string' && /^#[0-9a-f]{6}$/.test(text);
  return isColour(color) && isColour(background) ? { color, background } : undefined;
}

function Picture({ svg, shortUrl }: { svg: string | undefined; shortUrl: string }) {
  const address = useMemo(
    () => (svg === undefined ? undefined : `data:image/svg+xml,${encodeURIComponent(svg)}`),
    [svg],
  );
  return (
    <div className={styles.picture}>
      {address === undefined ? (
        <Skeleton width={132} height={132} />
      ) : (
        <img src={address} width={130} height={130} alt={qrWords.alt(shortUrl.replace(/^https?:\/\//, ''))} />
      )}
    </div>
  );
}

function CheckLine({ check: { code, isGood, value } }: { check: QrCheck }) {
  const LineIcon = isGood ? IconCheck : IconAlertTriangle;
  return (
    <li className={classes(styles.check, isGood ? 'good' : 'bad')}>
      <LineIcon className="icon-small" aria-hidden="true" />
      <span>
        {qrWords.checks[code](value)}
        {code === 'contrast' && !isGood ? `. ${qrWords.lowContrast}` : ''}
      </span>
    </li>
  );
}

function fileName(shortUrl: string, format: string): string {
  const slug = shortUrl
    .split('/')
    .slice(3)
    .join('-')
    .replaceAll(/[^\p{L}\p{N}._-]/gu, '-');
  return `qr-${slug || 'link'}.${format}`;
}
