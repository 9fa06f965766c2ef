import { markup } from '../../platform/text/html.js';
import { layout, linkPath, reportPath } from './layout.js';

export type PasswordMessage = 'wrong' | 'too_many' | 'busy' | 'too_long';

export interface PasswordPage {
  slug: string;
  /** The visitor's query, without `?`, for the redirect. */
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
    <p>Ask the person who gave you the link for the password.</p>
    ${text === undefined ? undefined : markup`<p class="warn" role="alert">${text}</p>`}
    <form method="post" action="${UNLOCK_PATH}">
      <input type="hidden" name="slug" value="${slug}" />
      <input type="hidden" name="query" value="${query}" />
      <label for="password">Password</label>
      <input type="password" id="password" name="password" required autofocus maxlength="128" autocomplete="off" />
      <button type="submit">Open the link</button>
    </form>
    <p class="dim">A cookie keeps the link open for you for 12 hours.</p>`;
  return layout({ title: 'This link has a password', body, reportPath: reportPath(slug) });
}

/** The page after the right password, for a browser that may not accept cookies. */
export function cookiesNeededPage(slug: string, query: string): string {
  const target = linkPath(slug) + (query === '' ? '' : `?${query}`);
  const body = markup`<h1>The password is right</h1>
    <p><a class="button" href="${target}">Open the link</a></p>
    <p>
      If you are asked for the password again, your browser does not accept cookies. Allow them for this address and try again.
    </p>`;
  return layout({ title: 'The password is right', body });
}

function messageText(message: PasswordMessage, seconds: number): string {
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  switch (message) {
    case 'wrong':
      return 'That is not the password. Check capital and small letters.';
    case 'too_long':
      return 'No password is that long.';
    case 'too_many':
      return `Too many wrong passwords. Please wait ${wait} and try again.`;
    case 'busy':
      return `Too many passwords are being checked. Please wait ${wait} and try again.`;
  }
}
