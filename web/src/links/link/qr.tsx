import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { buttonClass } from '../../ui/controls/button';
import { Dialog } from '../../ui/layout/dialog';
import type { Link } from '../link-types';
import { linkWords } from './link-words';
import styles from './qr.module.css';

const DOWNLOAD_SIZE = 1_024;

/** The QR code of a short link, with downloads. */
export function LinkQr({ link }: { link: Link }) {
  const address = `/api/v1/links/${link.id}/qr`;
  const name = `qr-${link.slug.replaceAll(/[^\w-]+/g, '-')}`;
  return (
    <div>
      <img className={styles.code} src={address} alt={linkWords.qrOf(link.shortUrl)} width={220} height={220} />
      <div className={styles.acts}>
        {(['svg', 'png'] as const).map((format) => (
          <a
            key={format}
            className={buttonClass({ isSmall: true })}
            href={`${address}?format=${format}&size=${DOWNLOAD_SIZE}`}
            download={`${name}.${format}`}
            aria-label={linkWords.downloadQr(format)}
          >
            <IconDownload className="icon-small" />
            {format.toUpperCase()}
          </a>
        ))}
      </div>
    </div>
  );
}

export function QrDialog({ link, onClose }: { link: Link; onClose: () => void }) {
  return (
    <Dialog title={linkWords.qr} onClose={onClose}>
      <LinkQr link={link} />
    </Dialog>
  );
}
