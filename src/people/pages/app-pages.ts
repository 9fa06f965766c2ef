/** A page under `/app`. Its script has the path's last segment for a name, and fills the page. */
export interface AppPage {
  title: string;
  script: string;
  /** The page is for signed-in people, so it has the navigation. */
  hasNavigation: boolean;
}

/** All pages by the segment after `/app/`; `''` is `/app` itself. */
export const APP_PAGES: ReadonlyMap<string, AppPage> = new Map([
  ['', signedIn('Your account', 'home')],
  ['members', signedIn('Members', 'members')],
  ['security', signedIn('Security', 'security')],
  ['sessions', signedIn('Sessions', 'sessions')],
  ['welcome', open('Welcome to Hopback', 'welcome')],
  ['sign-in', open('Sign in', 'sign-in')],
  ['forgot', open('Reset your password', 'forgot')],
  ['reset', open('Choose a new password', 'reset')],
  ['invitation', open('You are invited', 'invitation')],
  ['email', open('Confirm your e-mail address', 'email')],
]);

function signedIn(title: string, script: string): AppPage {
  return { title, script, hasNavigation: true };
}

function open(title: string, script: string): AppPage {
  return { title, script, hasNavigation: false };
}
