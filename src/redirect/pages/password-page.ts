import { markup } from './html.js';
import { layout, linkPath, reportPath } from './layout.js';

export type PasswordMessage = 'wrong' | 'too_many' | 'busy' | 'too_long';

export interface PasswordPage {
  slug: string;
  /** The visitor's own query, without `?`: it goes on with them. */
  query: string;
  message?: PasswordMessage;
  /** With `too_many` and `busy`. */
  retryAfterSeconds?: number;
}

export const UNLOCK_PATH = '/_/unlock';

/** Asks for a link's password. */
export function passwordPage({ slug, query, message, retryAfterSeconds }: PasswordPage): string {
  const text = message && messageText(message, retryAfterSeconds ?? 1);
  const body = markup`<h1>This link has a password</h1>
    <p>Whoever gave you the link can tell it to you.</p>
    ${text === undefined ? undefined : markup`<p class="warn" role="alert">${text}</p>`}
    <form method="post" action="${UNLOCK_PATH}">
      <input type="hidden" name="slug" value="${slug}" />
      <input type="hidden" name="query" value="${query}" />
      <label for="password">Password</label>
      <input type="password" id="password" name="password" required autofocus maxlength="128" autocomplete="off" />
      <button type="submit">Open the link</button>
    </form>
    <p class="dim">A cookie remembers for 12 hours that you know it.</p>`;
  return layout({ title: 'This link has a password', body, reportPath: reportPath(slug) });
}

/** For a browser that may keep no cookies: the password was right. */
export function cookiesNeededPage(slug: string, query: string): string {
  const target = linkPath(slug) + (query === '' ? '' : `?${query}`);
  const body = markup`<h1>The password is right</h1>
    <p><a class="button" href="${target}">Open the link</a></p>
    <p>
      If you are asked for the password again, your browser keeps no cookies. Allow them for this address and try again.
    </p>`;
  return layout({ title: 'The password is right', body });
}

function messageText(message: PasswordMessage, seconds: number): string {
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  switch (message) {
    case 'wrong':
      return 'That is not the password. Mind capital and small letters.';
    case 'too_long':
      return 'No password is that long.';
    case 'too_many':
      return `Too many wrong passwords. Please wait ${wait} and try again.`;
    case 'busy':
      return `Too many people are here at once. Please wait ${wait} and try again.`;
  }
}
