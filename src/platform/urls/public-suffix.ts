import { createRequire } from 'node:module';

type Tldts = typeof import('tldts');

const load = createRequire(import.meta.url);

/** The list takes 10 MB, so it is read when somebody asks for it first: adding a domain, or looking at a name of other scripts. */
const tldts = (): Tldts => load('tldts') as Tldts;

/** The part of a name under which everybody can register: `co.uk`, and `github.io` too; `null` for none. */
export function publicSuffix(hostname: string): string | null {
  return tldts().getPublicSuffix(hostname, { allowPrivateDomains: true, validateHostname: false });
}

/** The same among the suffixes of registries only: `io` of `me.github.io`. */
export function registrySuffix(hostname: string): string | null {
  return tldts().getPublicSuffix(hostname);
}

/** The name that was registered: `brand.com` for `go.brand.com`; `null` for none. */
export function registeredName(hostname: string): string | null {
  return tldts().getDomain(hostname, { allowPrivateDomains: true });
}
