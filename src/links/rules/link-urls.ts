/** A URL that a link may lead to or show, and where it stands. */
export interface LinkUrl {
  /** As errors name it: `rules.0.variants.1.url`. */
  path: string;
  url: string;
}

type MaybeUrl = string | null | undefined;
type Named = { url?: MaybeUrl };

/** Wherever a link has URLs; requests and stored links alike. */
export interface HasUrls {
  url?: MaybeUrl;
  expiredUrl?: MaybeUrl;
  fallbackUrl?: MaybeUrl;
  rules?: readonly (Named & { variants?: readonly Named[] | null | undefined })[] | null | undefined;
  variants?: readonly Named[] | null | undefined;
  preview?: { image?: MaybeUrl } | null | undefined;
}

/** The stored fields that hold them. */
export const URL_FIELDS = ['url', 'expiredUrl', 'fallbackUrl', 'rules', 'variants', 'preview'] as const;

/** All URLs of a link. One more field with a URL is one more line here, and nowhere else. */
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
 * Those that a cloaked link shows in a frame, which only pages can be. To `expiredUrl` and `fallbackUrl` it redirects: they
 * are not what it is there for.
 */
export function framedUrlsOf(link: HasUrls): LinkUrl[] {
  return urlsOf(link).filter(({ path }) => path === 'url' || /^(?:rules|variants)\./.test(path));
}

/** The one that nobody is led to, but that is shown. */
export const IMAGE = 'preview.image';

function ofVariants(variants: readonly Named[] | null | undefined, path: string): { path: string; url: MaybeUrl }[] {
  return (variants ?? []).map(({ url }, i) => ({ path: `${path}.${i}.url`, url }));
}
