/** Texts of the open pages: welcome, sign-in, reset, invitation, confirmation. */
export const accountWords = {
  name: 'Your name',
  email: 'E-mail address',
  password: 'Password',
  newPassword: 'New password',
  passwordRules:
    'At least 12 characters; several unrelated words are good. Common passwords, repetitions, and your own name or address are refused.',
  or: 'or',
  signIn: 'Sign in',
  toAccount: 'Go to your account',
  cancel: 'Cancel',

  welcome: {
    title: 'Welcome to Hopback',
    about: 'You become the owner of the first workspace of this server. Others join by your invitation.',
    needsLink: 'This page needs the link that the server printed when it started. For a new one, run',
    onServer: 'on the server.',
    create: 'Create my account',
    creating: 'Creating…',
  },

  signInPage: {
    signingIn: 'Signing in…',
    forgot: 'Forgot your password?',
    noOwner:
      'This server has no owner yet. Open the link that it printed when it started, or run `npm run owner-link` there for a new one.',
    stillSignedIn: 'You are still signed in.',
    failed: 'The sign-in did not work. Try again, or use another way.',
    code: 'Code',
    codeHint: 'Six digits of your authenticator app. Without the app: one of your recovery codes.',
    continue: 'Continue',
    checking: 'Checking…',
    startAgain: 'Start again',
    usePasskey: 'Use a passkey',
    continueWith: (name: string) => `Continue with ${name}`,
  },

  /** Reasons why the sign-in of the organisation came back without a session. */
  oidcErrors: new Map([
    ['sign_in_ended', 'This sign-in has ended, or was begun in another browser. Begin again.'],
    ['denied', 'The sign-in was cancelled.'],
    ['provider_error', 'Your organisation answered with an error. Try again, or tell the person who runs this server.'],
    ['provider_unreachable', 'Your organisation does not answer. Try again later.'],
    ['email_not_verified', 'Your organisation has not confirmed your e-mail address, so it cannot be used here.'],
    ['not_invited', 'There is no account for you here. Ask an owner or admin to invite you.'],
    ['wrong_address', 'The invitation is for another e-mail address.'],
    [
      'link_first',
      'Your account has a second factor. Sign in with it, then link your organisation on the security page.',
    ],
    ['other_identity', 'Your account here is linked to another account of your organisation.'],
    ['identity_taken', 'That account of your organisation is linked to another person here.'],
  ]) as ReadonlyMap<string, string>,

  passkeys: {
    known: 'This device has a passkey for you already.',
    failed: 'The browser could not use a passkey. Use another way.',
    notLoaded: 'The server cannot be reached. Try again.',
  },

  confirm: {
    title: 'Confirm that it is you',
    about: 'Your last sign-in is more than ten minutes ago.',
    confirm: 'Confirm',
    confirming: 'Confirming…',
  },

  forgot: {
    title: 'Reset your password',
    about: 'A link to choose a new password is sent to your address.',
    send: 'Send me a link',
    sending: 'Sending…',
    back: 'Back to sign in',
    inbox: 'Look into your inbox',
    operator: 'Ask the operator for the link',
    withMail: (address: string) =>
      `If ${address} has an account, a mail with a link is on its way. It can take a minute. Look into the spam folder, too.`,
    withoutMail:
      'This server sends no mails. If the address has an account, the link is in the log of the server: ask the person who runs it.',
  },

  reset: {
    title: 'Choose a new password',
    needsLink: 'This page needs the whole link of the mail.',
    about: 'All browsers in which you are signed in will be signed out.',
    set: 'Set the password',
    setting: 'Setting…',
    askAgain: 'Ask for a new link',
    done: 'Your password is set',
    doneAbout: 'All browsers are signed out. Sign in with the new password.',
  },

  invitation: {
    title: 'You are invited',
    join: (workspace: string) => `Join ${workspace}`,
    needsLink: 'This page needs the whole link of the invitation.',
    toWorkspace: (name: string) => `${name} invites you to the workspace `,
    as: ' as ',
    for: (email: string) => `For ${email}, until `,
    signOutFirst: 'Sign out, and continue',
    signingOut: 'Signing out…',
    otherPerson: (mine: string, invited: string) => `You are signed in as ${mine}. The invitation is for ${invited}.`,
    accept: 'Accept the invitation',
    accepting: 'Accepting…',
    signedInAs: (name: string) => `You are signed in as ${name}.`,
    hasAccount: 'You have an account. Sign in to accept.',
    create: 'Create my account, and join',
    joining: 'Joining…',
  },

  emailPage: {
    title: 'Confirm your e-mail address',
    needsLink: 'This page needs the whole link of the mail.',
    about: 'You asked to use this e-mail address for your account.',
    confirm: 'Confirm the address',
    confirming: 'Confirming…',
    done: 'Your address is confirmed',
    doneAbout: 'Sign in with it from now on. Mails go to it, too.',
  },
} as const;
