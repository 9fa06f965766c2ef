import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainsService } from '../../domains/domains.service.js';
import { type FieldProblem, ProblemException } from '../../platform/http/problems/problem.js';
import type { Viewer } from '../../workspaces/caller.js';
import type { Link } from '../link.schema.js';
import { LinkLookup } from '../link-lookup.service.js';
import { PngRenderer } from './png-renderer.service.js';
import type { QrWithLogoRequest } from './qr.dto.js';
import { isReadable, parseColor, readLogo } from './qr-input.js';
import { leastQrSize, maxQrBytes, type QrLevel, qrSvg } from './qr-svg.js';

export interface QrImage {
  type: string;
  body: string | Buffer;
  etag: string;
}

/** Creates QR codes of short links. */
@Injectable()
export class QrCodes {
  constructor(
    private readonly links: LinkLookup,
    private readonly domains: DomainsService,
    private readonly renderer: PngRenderer,
  ) {}

  /** @param reference a link's id or `ext_<externalId>`. */
  async create(viewer: Viewer, reference: string, wanted: QrWithLogoRequest): Promise<QrImage> {
    const link = await this.links.get(viewer, reference);
    const { format, size, margin, level } = wanted;
    const logo = wanted.logo === undefined ? undefined : readLogo(wanted.logo);
    const color = parseColor(wanted.color) ?? '#000000';
    const background = parseColor(wanted.background) ?? '#ffffff';
    const text = this.textOf(link, wanted.source);
    const usedLevel = wanted.logo === undefined ? level : 'H';
    const isTooLong = text.length > maxQrBytes(usedLevel);
    const problems = [
      ...colorProblems(color, background),
      ...(logo === undefined || 'url' in logo ? [] : [logo]),
      ...(isTooLong ? [tooLong(usedLevel)] : sizeProblems(size, leastQrSize({ text, level: usedLevel, margin }))),
    ];
    if (problems.length > 0) throw ProblemException.invalid(...problems);

    const logoUrl = logo !== undefined && 'url' in logo ? logo.url : undefined;
    const svg = qrSvg({ text, level, size, margin, color, background, logo: logoUrl });
    const etag = `"${createHash('sha256').update(`${format}\n${svg}`).digest('base64url').slice(0, 27)}"`;
    return format === 'png'
      ? { type: 'image/png', body: await this.renderer.render(viewer.workspaceId, svg), etag }
      : { type: 'image/svg+xml; charset=utf-8', body: svg, etag };
  }

  private textOf({ hostname, slug }: Link, source: string | undefined): string {
    const url = `${this.domains.originOf(hostname)}/${encodeURI(slug)}`;
    return source === undefined ? url : `${url}?${new URLSearchParams({ source }).toString()}`;
  }
}

function colorProblems(color: string, background: string): FieldProblem[] {
  if (isReadable(color, background)) return [];
  const message =
    'color must be clearly darker than background, or cameras do not read the code (contrast of 3 or more)';
  return [{ path: 'color', code: 'low_contrast', message }];
}

/** A slug with many non-ASCII letters is long when percent-encoded. */
function tooLong(level: QrLevel): FieldProblem {
  return { path: 'level', code: 'too_long', message: `the short link is too long for a QR code of level ${level}` };
}

function sizeProblems(size: number, least: number): FieldProblem[] {
  if (size >= least) return [];
  const message = `size must be at least ${least}: with fewer than two pixels a module, cameras do not read this code`;
  return [{ path: 'size', code: 'too_small', message }];
}
