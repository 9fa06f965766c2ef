import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';

export interface DashboardFile {
  bytes: Buffer;
  contentType: string;
  etag: string;
  /** The name contains a hash of the content, so that the file never changes. */
  isImmutable: boolean;
}

/** Where `npm run build` writes the dashboard; the same folder as seen from src/ and from dist/. */
const BUILD_FOLDER = fileURLToPath(new URL('../../web/dist/', import.meta.url));
const HASHED_NAME = /-[\w-]{8}\.[a-z0-9]+$/;
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** The built dashboard, read once into memory: its page and its assets. */
@Injectable()
export class DashboardFiles {
  private readonly assets = new Map<string, DashboardFile>();
  private readonly compressed = new Map<string, Buffer>();
  private readonly page: string | undefined;

  constructor() {
    const pagePath = join(BUILD_FOLDER, 'index.html');
    if (!existsSync(pagePath)) return;
    this.page = readFileSync(pagePath, 'utf8');
    for (const name of readdirSync(join(BUILD_FOLDER, 'assets'))) this.add(name);
  }

  /** The page with the nonce of one answer. Undefined if the dashboard was not built. */
  renderPage(nonce: string): string | undefined {
    return this.page?.replaceAll('{nonce}', nonce);
  }

  findAsset(name: string): DashboardFile | undefined {
    return this.assets.get(name);
  }

  /** A file with gzip, at the first request for it. */
  compress(file: DashboardFile): Buffer {
    const known = this.compressed.get(file.etag);
    if (known !== undefined) return known;
    const compressed = gzipSync(file.bytes, { level: 9 });
    this.compressed.set(file.etag, compressed);
    return compressed;
  }

  private add(name: string): void {
    const contentType = CONTENT_TYPES[extname(name)];
    if (contentType === undefined) return;
    const bytes = readFileSync(join(BUILD_FOLDER, 'assets', name));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    this.assets.set(name, { bytes, contentType, etag, isImmutable: HASHED_NAME.test(name) });
  }
}
