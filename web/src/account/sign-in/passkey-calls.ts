import { api, bodyOf, type Schema } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import { accountWords } from '../account-words';

type WebAuthn = typeof import('@simplewebauthn/browser');
export type SignInAnswer = Schema<'SignInResponse'>;

/** Whether this browser knows passkeys. */
export function canUsePasskeys(): boolean {
  return 'PublicKeyCredential' in window;
}

/** Signs in with a passkey that the person chooses. Undefined when they have cancelled. */
export function signInWithPasskey(): Promise<SignInAnswer | undefined> {
  return authenticate(false);
}

/** The offer in the e-mail field. Its challenge would replace that of another way, which a cookie keeps. */
const offer = { isStopped: false, begun: Promise.resolve() };

/** Called before any other way begins, so that the offer's challenge cannot come after its own. */
export async function stopOffer(): Promise<void> {
  offer.isStopped = true;
  await offer.begun;
}

/** Ends the offer with its page: a passkey that is chosen later must not sign in behind another page. */
export async function cancelOffer(): Promise<void> {
  await stopOffer();
  const { WebAuthnAbortService } = await loadLibrary();
  if (offer.isStopped) WebAuthnAbortService.cancelCeremony();
}

/** Offers passkeys in the list of the e-mail field. It waits until one is chosen, and says nothing when none is. */
export async function offerPasskeyInField(onAnswer: (answer: SignInAnswer) => unknown): Promise<void> {
  offer.isStopped = false;
  try {
    const { browserSupportsWebAuthnAutofill } = await loadLibrary();
    const answer = (await browserSupportsWebAuthnAutofill()) ? await authenticate(true) : undefined;
    if (answer !== undefined) await onAnswer(answer);
  } catch {
    // The button below says what is wrong when it is used.
  }
}

async function authenticate(useBrowserAutofill: boolean): Promise<SignInAnswer | undefined> {
  const { startAuthentication } = await loadLibrary();
  if (useBrowserAutofill && offer.isStopped) return undefined;
  const options = api.POST('/api/v1/auth/passkey/options').then(bodyOf);
  if (useBrowserAutofill) offer.begun = options.then(ignore, ignore);
  const optionsJSON = (await options) as Parameters<WebAuthn['startAuthentication']>[0]['optionsJSON'];
  if (useBrowserAutofill && offer.isStopped) return undefined;
  const body = await ask(() => startAuthentication({ optionsJSON, useBrowserAutofill }));
  return (
    body && bodyOf(await api.POST('/api/v1/auth/passkey/verify', { body: body as Schema<'PasskeySignInRequest'> }))
  );
}

function ignore(): void {}

/** Asks the browser for a new passkey, with options of the server. Undefined when the person has cancelled. */
export async function createPasskey(options: object): Promise<Schema<'PasskeyRegistrationDto'> | undefined> {
  const { startRegistration } = await loadLibrary();
  const optionsJSON = options as Parameters<WebAuthn['startRegistration']>[0]['optionsJSON'];
  return (await ask(() => startRegistration({ optionsJSON }))) as Schema<'PasskeyRegistrationDto'> | undefined;
}

async function ask<Answer>(ceremony: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ceremony();
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') return undefined;
    const isKnown = name === 'InvalidStateError';
    throw new ApiProblem(0, { detail: isKnown ? accountWords.passkeys.known : accountWords.passkeys.failed });
  }
}

async function loadLibrary(): Promise<WebAuthn> {
  try {
    return await import('@simplewebauthn/browser');
  } catch {
    throw new ApiProblem(0, { detail: accountWords.passkeys.notLoaded });
  }
}
