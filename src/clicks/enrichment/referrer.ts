/** A DNS name has no more characters. */
const MAX_HOST = 253;

/**
 * Where a click came from, as a host to count by: `https://www.Blog.example:8080/post?x=1` → `blog.example`.
 *
 * Lower case and punycode, without port and without a leading `www.`, so that one site is one source. An Android app's
 * referrer (`android-app://com.google.android.gm/`) gives the app's package name.
 *
 * @returns undefined when there is none, or it names no host.
 */
export function referrerHost(referrer: string): string | undefined {
  if (!/^(?:https?|android-app):\/\//i.test(referrer)) return undefined;
  const host = hostOf(referrer)
    .toLowerCase() // of android-app: URLs it is given back as it came
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
