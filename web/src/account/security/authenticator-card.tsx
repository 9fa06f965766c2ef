import { useState } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { useMe } from '../../app/session';
import { ActButton, ConfirmedButton } from '../../ui/controls/act-button';
import { Card } from '../../ui/layout/card';
import styles from '../account-rows.module.css';
import { DoneLine } from '../done-line';
import { useAccountActs } from '../use-account-acts';
import { AuthenticatorSetup } from './authenticator-setup';
import { RecoveryCodes } from './recovery-codes';
import { securityWords as words } from './security-words';

const FEW_CODES = 3;

type Step =
  | { name: 'state' }
  | { name: 'setup'; totp: Schema<'TotpSecretResponse'> }
  | { name: 'codes'; codes: readonly string[]; done: string };

/** The authenticator app and its recovery codes. */
export function AuthenticatorCard() {
  const [step, setStep] = useState<Step>({ name: 'state' });
  const { done, finish } = useAccountActs();
  return (
    <Card title={words.app}>
      <div className={styles.stack}>
        {step.name === 'state' ? <AppState setStep={setStep} finish={finish} /> : null}
        {step.name === 'setup' ? (
          <AuthenticatorSetup
            totp={step.totp}
            onCodes={(codes) => setStep({ name: 'codes', codes, done: words.appAdded })}
            onCancel={() => setStep({ name: 'state' })}
          />
        ) : null}
        {step.name === 'codes' ? (
          <RecoveryCodes
            codes={step.codes}
            onKept={async () => {
              await finish(step.done);
              setStep({ name: 'state' });
            }}
          />
        ) : null}
        <DoneLine done={done} />
      </div>
    </Card>
  );
}

function AppState({
  setStep,
  finish,
}: {
  setStep: (step: Step) => void;
  finish: ReturnType<typeof useAccountActs>['finish'];
}) {
  const { hasTotp, hasPassword, recoveryCodesLeft } = useMe();
  if (!hasTotp && !hasPassword) return <p>{words.appNotNeeded}</p>;
  if (!hasTotp) {
    return (
      <>
        <p>{words.appMissing}</p>
        <ActButton act={async () => setStep({ name: 'setup', totp: bodyOf(await api.POST('/api/v1/me/totp')) })}>
          {words.addApp}
        </ActButton>
      </>
    );
  }
  const createCodes = async (): Promise<void> => {
    const { recoveryCodes } = bodyOf(await api.POST('/api/v1/me/recovery-codes'));
    setStep({ name: 'codes', codes: recoveryCodes, done: words.newCodesDone });
  };
  const remove = async (): Promise<void> => {
    await api.DELETE('/api/v1/me/totp');
    await finish(words.appRemoved);
  };
  return (
    <>
      <p>
        <span className="good">● {words.appOn}</span> {words.codesLeft(recoveryCodesLeft)}
      </p>
      {recoveryCodesLeft <= FEW_CODES ? <p className="waiting">{words.fewCodes(recoveryCodesLeft)}</p> : null}
      <div className={styles.acts}>
        <ActButton isSmall act={createCodes}>
          {words.newCodes}
        </ActButton>
        <ConfirmedButton label={words.removeApp} question={words.removeAppAbout} act={remove} />
      </div>
    </>
  );
}
