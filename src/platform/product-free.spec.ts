import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
/** The beginnings of the routes that other modules have, and the metrics that only they can count. */
const PRODUCT = /\/api\/v1|\/postback|\/pixel|hopback\.js|'\/_\/|hopback_(?:redirect|postback|click|link|conversion)/;

describe('the platform', () => {
  it('names no route and no metric of the product', () => {
    const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'),
    );
    const found = files.flatMap((name) => {
      const lines = readFileSync(join(here, name), 'utf8').split('\n');
      return lines.flatMap((line, i) => (PRODUCT.test(line) ? [`${name}:${i + 1}: ${line.trim()}`] : []));
    });
    expect(found).toEqual([]);
  });
});
