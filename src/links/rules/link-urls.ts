/** A URL that a link redirects to or shows, with its path in the link. */
export interface LinkUrl {
  /** The path in errors: `rules.0.variants.1.url`. */
  path: string;
  url: string;
}

type MaybeUrl = string | null | undefined;
type Named = { url?: MaybeUrl };

/** All fields with URLs, of requests and of stored links. */
export interface HasUrls {
  url?: MaybeUrl;
  expiredUrl?: MaybeUrl;
  fallbackUrl?: MaybeUrl;
  rules?: readonly (Named & { variants?: readonly Named[] | null | undefined })[] | null | undefined;
  variants?: readonly Named[] | null | undefined;
  preview?: { image?: MaybeUrl } | null | undefined;
}

/** The stored fields that contain URLs. */
export const URL_FIELDS = ['url', 'expiredUrl', 'fallbackUrl', 'rules', 'variants', 'preview'] as const;

/** All URLs of a link. A new field with a URL must be added here only. */
export function urlsOf(link: HasUrls): LinkUrl[] {
  const rules = (link.rules ?? []).flatMap(({ url, variants }, i) => [
    { path: `rules.${i}.url`, url },
    ...ofVariants(variants, `rules.${i}.variants`),
  ]);
  const all: { path: string; url: MaybeUrl }[] = [
    { path: 'url', url: link.url },
    { path: 'expiredUrl', url: link.expiredUrl },
    { path: 'fallbackUrl', url: link.fallbackUrl },
    ...rules,
    ...ofVariants(link.variants, 'variants'),
    { path: IMAGE, url: link.preview?.image },
  ];
  return all.filter((entry): entry is LinkUrl => typeof entry.url === 'string');
}

/**
 * The URLs that a cloaked link shows in a frame, which must be web pages. `expiredUrl` and `fallbackUrl` are redirected
 * to instead.
 */
export function framedUrlsOf(link: HasUrls): LinkUrl[] {
  return urlsOf(link).filter(({ path }) => path === 'url' || /^(?:rules|variants)\./.test(path));
}

/** The path of the only URL that is shown, not redirected to. */
export const IMAGE = 'preview.image';

function ofVariants(variants: readonly Named[] | null | undefined, path: string): { path: string; url: MaybeUrl }[] {
  return (variants ?? []).map(({ url }, i) => ({ path: `${path}.${i}.url`, url }));
}
