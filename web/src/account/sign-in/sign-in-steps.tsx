import { type ReactNode, useEffect, useRef, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { ActButton } from '../../ui/controls/act-button';
import { Button } from '../../ui/controls/button';
import { Form } from '../../ui/controls/form';
import { PasswordField, TextField } from '../../ui/controls/text-field';
import { useForm } from '../../ui/controls/use-form';
import { accountWords } from '../account-words';
import { Or } from '../open-layout';
import { OidcButton } from './oidc-button';
import {
  cancelOffer,
  canUsePasskeys,
  offerPasskeyInField,
  type SignInAnswer,
  signInWithPasskey,
  stopOffer,
} from './passkey-calls';
import type { SignInMethods } from './sign-in-methods';

const words = accountWords.signInPage;

interface SignInStepsProps {
  methods: SignInMethods;
  /** The address, when it is known already. */
  email?: string;
  /** Only this person can be meant: the dialog "Confirm that it is you". */
  isConfirmation?: boolean;
  /** The token of an invitation that the organisation's sign-in accepts. */
  invitation?: string;
  onSignedIn: () => unknown;
  /** Shown below the password's button. */
  more?: ReactNode;
}

/** The ways to prove who you are: password and code, passkey, the organisation's sign-in. */
export function SignInSteps(props: SignInStepsProps) {
  const { methods, isConfirmation = false, invitation, onSignedIn } = props;
  const [needsCode, setNeedsCode] = useState(false);
  const hasPasskeys = methods.passkey && canUsePasskeys();
  // After a proof: signed in, or a code is needed.
  const continueWith = async ({ next }: SignInAnswer): Promise<void> => {
    if (next === 'totp') setNeedsCode(true);
    else await onSignedIn();
  };
  usePasskeyOffer(hasPasskeys && methods.password && !isConfirmation && !needsCode, continueWith);

  if (needsCode) return <CodeStep onSignedIn={onSignedIn} onRestart={() => setNeedsCode(false)} />;
  const usePasskey = async (): Promise<void> => {
    await stopOffer();
    const answer = await signInWithPasskey();
    if (answer !== undefined) await continueWith(answer);
  };
  return (
    <>
      {methods.password ? <PasswordStep {...props} onProof={continueWith} /> : null}
      {methods.password && (hasPasskeys || methods.oidc !== null) ? <Or>{accountWords.or}</Or> : null}
      {hasPasskeys ? (
        <ActButton isWide act={usePasskey}>
          {words.usePasskey}
        </ActButton>
      ) : null}
      {methods.oidc === null ? null : (
        <OidcButton method={methods.oidc} purpose={invitation === undefined ? undefined : { invitation }} />
      )}
    </>
  );
}

/** Offers passkeys in the list of the e-mail field while the step is on the page. */
function usePasskeyOffer(isOffered: boolean, onAnswer: (answer: SignInAnswer) => unknown): void {
  const current = useRef(onAnswer);
  useEffect(() => {
    current.current = onAnswer;
  });
  useEffect(() => {
    if (!isOffered) return undefined;
    void offerPasskeyInField((answer) => current.current(answer));
    return () => void cancelOffer().catch(() => undefined); // without the library there is nothing to cancel
  }, [isOffered]);
}

function PasswordStep({
  email = '',
  isConfirmation = false,
  more,
  onProof,
}: SignInStepsProps & { onProof: (answer: SignInAnswer) => Promise<void> }) {
  const form = useForm({
    initial: { email, password: '' },
    required: ['email', 'password'],
    submit: async (body) => {
      await stopOffer();
      await onProof(bodyOf(await api.POST('/api/v1/auth/sign-in', { body })));
    },
  });
  return (
    <Form
      form={form}
      button={isConfirmation ? accountWords.confirm.confirm : accountWords.signIn}
      busy={isConfirmation ? accountWords.confirm.confirming : words.signingIn}
      isWide
      hasFocus
      more={more}
    >
      <TextField
        label={accountWords.email}
        type="email"
        autoComplete="username webauthn"
        maxLength={254}
        readOnly={isConfirmation}
        {...form.text('email')}
      />
      <PasswordField
        label={accountWords.password}
        autoComplete="current-password"
        maxLength={1_000}
        {...form.text('password')}
      />
    </Form>
  );
}

function CodeStep({ onSignedIn, onRestart }: { onSignedIn: () => unknown; onRestart: () => void }) {
  const form = useForm({
    initial: { code: '' },
    required: ['code'],
    submit: async (body) => {
      await api.POST('/api/v1/auth/totp', { body });
      await onSignedIn();
    },
  });
  return (
    <Form
      form={form}
      button={words.continue}
      busy={words.checking}
      isWide
      hasFocus
      more={
        <Button look="quiet" isSmall onClick={onRestart}>
          {words.startAgain}
        </Button>
      }
    >
      <TextField
        label={words.code}
        hint={words.codeHint}
        autoComplete="one-time-code"
        inputMode="text"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        {...form.text('code')}
      />
    </Form>
  );
}
