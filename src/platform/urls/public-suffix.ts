import { createRequire } from 'node:module';

type Tldts = typeof import('tldts');

const load = createRequire(import.meta.url);

/** The list takes 10 MB, so it is loaded at its first use. */
const tldts = (): Tldts => load('tldts') as Tldts;

/** The suffix of a name under which anyone can register names: `co.uk`, also `github.io`; `null` for none. */
export function publicSuffix(hostname: string): string | null {
  return tldts().getPublicSuffix(hostname, { allowPrivateDomains: true, validateHostname: false });
}

/** Like `publicSuffix`, for suffixes of registries only: `io` of `me.github.io`. */
export function registrySuffix(hostname: string): string | null {
  return tldts().getPublicSuffix(hostname);
}

/** The name that was registered: `brand.com` for `go.brand.com`; `null` for none. */
export function registeredName(hostname: string): string | null {
  return tldts().getDomain(hostname, { allowPrivateDomains: true });
}
