/** Longest DNS name. */
const MAX_HOST = 253;

/**
 * The host of a referrer, for counting: `https://www.Blog.example:8080/post?x=1` → `blog.example`.
 *
 * It is in lower case and punycode, without port and without a leading `www.`, so that a site has one name. For an Android
 * app (`android-app://com.google.android.gm/`) it is the package name.
 *
 * @returns undefined when the referrer is empty or names no host.
 */
export function referrerHost(referrer: string): string | undefined {
  if (!/^(?:https?|android-app):\/\//i.test(referrer)) return undefined;
  const host = hostOf(referrer)
    .toLowerCase() // the URL parser leaves the host of android-app: URLs unchanged
    .replace(/\.$/, '')
    .replace(/^www\.(?=.+\.)/, '');
  return host === '' || host.length > MAX_HOST ? undefined : host;
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
