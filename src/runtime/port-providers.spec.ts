import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PORT_PROVIDERS } from './port-providers.js';

const src = fileURLToPath(new URL('..', import.meta.url));

function filesOf(end: string): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(end));
}

describe('ports', () => {
  it('are all that any module declares', () => {
    const declared = filesOf('.ts')
      .filter((name) => !name.endsWith('.spec.ts') && !name.startsWith(join('platform', 'ports')))
      .flatMap((name) => {
        const text = readFileSync(join(src, name), 'utf8');
        return [...text.matchAll(/declarePort(?:List)?<[^>]*>\(\s*'([^']+)'/g)].map(([, port = '']) => ({
          name,
          port,
        }));
      });
    expect(declared.filter(({ name }) => !name.endsWith('.ports.ts'))).toEqual([]);
    expect(new Set(declared.map(({ port }) => port))).toEqual(new Set(PORT_PROVIDERS.map(({ port }) => port.name)));
  });

  it('are each in the page about the architecture', () => {
    const page = readFileSync(join(src, '..', 'docs', 'architecture.md'), 'utf8');
    expect(PORT_PROVIDERS.map(({ port }) => port.name).filter((name) => !page.includes(`| ${name} `))).toEqual([]);
  });
});
