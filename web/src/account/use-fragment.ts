import { useLocation } from '@tanstack/react-router';
import { useLayoutEffect, useState } from 'react';

/**
 * The fragment of the address, such as the token of a link. It leaves the address bar and the history at once, and is kept in
 * memory only: after a reload it is gone.
 */
export function useFragment(): string {
  const hash = useLocation({ select: ({ hash: current }) => current });
  const [fragment, setFragment] = useState(() => window.location.hash.slice(1));
  // Another link for the same page changes the fragment alone, and the browser keeps the page.
  if (hash !== '' && window.location.hash !== '' && window.location.hash.slice(1) !== fragment) {
    setFragment(window.location.hash.slice(1));
  }
  useLayoutEffect(() => {
    const { hash: shown, search, pathname } = window.location;
    if (shown !== '' || search !== '') window.history.replaceState(window.history.state, '', pathname);
  }, [hash]);
  return fragment;
}
