import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';

export interface AppAsset {
  text: string;
  etag: string;
}

const require = createRequire(import.meta.url);
const BROWSER_FOLDER = fileURLToPath(new URL('browser/', import.meta.url));

/** The scripts of the pages: the modules of the folder browser/, and two libraries as their packages contain them. */
@Injectable()
export class AppAssets {
  private readonly assets = new Map<string, AppAsset>();

  constructor() {
    for (const name of readdirSync(BROWSER_FOLDER).filter((file) => file.endsWith('.js'))) {
      this.add(name, join(BROWSER_FOLDER, name));
    }
    this.add('qr-library.js', require.resolve('qr'));
    const webauthn = dirname(require.resolve('@simplewebauthn/browser'));
    this.add('webauthn-library.js', join(webauthn, '../dist/bundle/index.umd.min.js'));
  }

  find(name: string): AppAsset | undefined {
    return this.assets.get(name);
  }

  private add(name: string, path: string): void {
    const text = readFileSync(path, 'utf8');
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
    this.assets.set(name, { text, etag });
  }
}
