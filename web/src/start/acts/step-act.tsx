import type { Setup } from '../../app/setup/setup-query';
import { hasScope, useMe } from '../../app/session';
import type { SetupStep, StepId } from '../seen-sentences';
import { ClickAct } from './click-act';
import { ConversionAct } from './conversion-act';
import { LinkAct } from './link-act';
import { NetworkAct } from './network-act';
import { ParametersAct } from './parameters-act';
import { TestAct } from './test-act';
import styles from './acts.module.css';

/** The right that the act of a step needs; steps without one only wait. */
const SCOPES: Partial<Record<StepId, string>> = {
  link: 'links:write',
  network: 'networks:write',
  testConversion: 'postbacks:write',
  parameters: 'links:write',
};
/** The step that must be done before. */
const NEEDS: Partial<Record<StepId, StepId>> = { testConversion: 'network', parameters: 'link' };

type SeenOf<Id extends StepId> = Extract<SetupStep, { id: Id }>['seen'];

/** The facts that were seen of another step. */
function seenOf<Id extends StepId>({ steps }: Setup, id: Id): SeenOf<Id> {
  return (steps.find((step) => step.id === id)?.seen ?? null) as SeenOf<Id>;
}

/** Whether the caller may do the step's act now. */
export function useCanAct({ id }: SetupStep, setup: Setup): boolean {
  const me = useMe();
  const scope = SCOPES[id];
  const needs = NEEDS[id];
  return (
    scope !== undefined &&
    hasScope(me, scope) &&
    (needs === undefined || setup.steps.some((step) => step.id === needs && step.seen !== null))
  );
}

/** Whether a finished step still shows more than its sentence. */
export function hasDetail({ id }: SetupStep): boolean {
  return id === 'testConversion';
}

/** The one act of a step, in its place. */
export function StepAct({ step, setup, canAct }: { step: SetupStep; setup: Setup; canAct: boolean }) {
  const act = actOf(step, setup, canAct);
  return act === null ? null : <div className={styles.act}>{act}</div>;
}

function actOf(step: SetupStep, setup: Setup, canAct: boolean) {
  const link = seenOf(setup, 'link');
  const network = seenOf(setup, 'network');
  switch (step.id) {
    case 'link':
      return canAct ? <LinkAct /> : null;
    case 'click':
      return link === null ? null : <ClickAct shortUrl={link.shortUrl} />;
    case 'network':
      return canAct ? <NetworkAct /> : null;
    case 'testConversion':
      return <TestAct seen={step.seen} networkId={network?.networkId} canAct={canAct} />;
    case 'conversion':
    case 'transactionIds':
      return network === null ? null : <ConversionAct networkId={network.networkId} />;
    case 'parameters':
      return <ParametersAct linkId={step.seen?.linkId ?? link?.linkId} canAct={canAct} />;
  }
}
