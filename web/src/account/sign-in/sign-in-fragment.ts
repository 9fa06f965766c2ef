/** The pages that `next=` may name: those of the dashboard, with a query, and nothing that leads to another host. */
const OWN_PAGE = /^\/app(?:\/[\w-]+)*(?:\?[\w.~!$'()*+,;=:@/?%&-]*)?$/;

interface SignInFragment {
  /** The reason why the sign-in of the organisation came back without a session. */
  error: string | null;
  /** The page to open after the sign-in. */
  next: string;
}

/** Reads `#error=…` and `#next=…` of the sign-in. `next` takes all that follows, as pages have `&` in their query. */
export function parseSignInFragment(fragment: string): SignInFragment {
  const [, before = '', next] = /^(?:(.*?)&)?next=(.*)$/s.exec(fragment) ?? [];
  return {
    error: new URLSearchParams(next === undefined ? fragment : before).get('error'),
    next: pageAfterSignIn(next === undefined ? undefined : decode(next)),
  };
}

/** The page to open after a sign-in: a page of this server, whatever the address says. */
export function pageAfterSignIn(next: string | undefined): string {
  return next !== undefined && OWN_PAGE.test(next) ? next : '/app';
}

/** `%2Fapp` and `/app` mean the same. A query keeps its own escapes. */
function decode(next: string): string {
  if (next.startsWith('/')) return next;
  try {
    return decodeURIComponent(next);
  } catch {
    return next;
  }
}
