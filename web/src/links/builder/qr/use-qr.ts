import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchBlob } from '../../../api/client';
import { drawQr, type QrDrawing, type QrStyle } from './qr-drawing';
import { toPng } from './qr-files';

const QR_PIXELS = 1_024;

/** The code that is shown: that of the server for saved links, else one that the browser draws. */
export interface QrSource {
  /** The saved link; `null` for a draft. */
  linkId: string | null;
  shortUrl: string;
  style: QrStyle;
}

export function useQr({ linkId, shortUrl, style }: QrSource) {
  return useQuery({
    queryKey: ['links', 'qr', linkId, shortUrl, style],
    queryFn: async ({ signal }): Promise<QrDrawing> => {
      const drawn = await drawQr(shortUrl, style, QR_PIXELS);
      if (linkId === null) return drawn;
      const blob = await fetchQr(linkId, style, 'svg', signal);
      return { ...drawn, svg: await blob.text() };
    },
    enabled: shortUrl !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
}

/** The code as a file. */
export async function qrFile({ linkId, style }: QrSource, svg: string, format: 'svg' | 'png'): Promise<Blob> {
  if (format === 'svg') return new Blob([svg], { type: 'image/svg+xml' });
  return linkId === null ? toPng(svg, QR_PIXELS) : fetchQr(linkId, style, 'png');
}

async function fetchQr(linkId: string, style: QrStyle, format: 'svg' | 'png', signal?: AbortSignal): Promise<Blob> {
  const { color, background, logo } = style;
  const path = `/api/v1/links/${encodeURIComponent(linkId)}/qr`;
  const look = { format, size: QR_PIXELS, color: color.slice(1), background: background.slice(1) };
  const aborted = signal === undefined ? {} : { signal };
  if (logo === null) {
    const query = new URLSearchParams({ ...look, size: String(QR_PIXELS) });
    return fetchBlob(`${path}?${query.toString()}`, aborted);
  }
  const headers = { 'content-type': 'application/json' };
  return fetchBlob(path, { ...aborted, method: 'POST', headers, body: JSON.stringify({ ...look, logo }) });
}
