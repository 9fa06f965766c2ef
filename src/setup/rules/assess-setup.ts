import { findChecks } from './find-checks.js';
import type { ConversionEvidenceFacts, LinkCheckEvidence, SetupEvidence } from './setup-evidence.js';
import { SETUP_STEP_IDS, type SetupCheck, type SetupState, type SetupStepId } from './setup-steps.js';

/** Conversions with which it can be told whether transaction ids are unique. */
const NEEDED_CONVERSIONS = 2;

/** Whether the transaction ids of reported conversions are unique. */
export interface TransactionIds {
  networkId: string | null;
  /** Conversions that were looked at. */
  conversions: number;
  withTransactionId: number;
  /** Those whose id came with another click before. */
  reused: number;
  at: Date;
}

/** Whether the click id survives the redirects, and by which evidence. */
export interface ParametersSeen {
  /** `check`: a check of a link. `conversion`: a postback brought the click id back. */
  source: 'check' | 'conversion';
  linkId: string;
  conversionId: string | null;
  ok: boolean;
  hops: number | null;
  at: Date;
}

/** The state of one step. */
export interface AssessedStep {
  id: SetupStepId;
  state: SetupState;
  /** When it was done, or when its problem was seen. */
  at: Date | null;
  /** Only of the current step. */
  checks: SetupCheck[];
}

/** The checklist with the facts that rules derive. */
export interface Assessment {
  steps: AssessedStep[];
  /** The first step that is not done. */
  current: SetupStepId | null;
  done: number;
  transactionIds: TransactionIds | null;
  parameters: ParametersSeen | null;
}

type Finding = { state: 'done' | 'problem'; at: Date } | undefined;

/** Decides the state of each step. Tests never count as real clicks or conversions: the evidence has none. */
export function assessSetup(evidence: SetupEvidence): Assessment {
  const { hidden, link, click, network, test, conversions, linkCheck } = evidence;
  const transactionIds = transactionIdsOf(conversions);
  const parameters = parametersOf(linkCheck, conversions);
  const findings: Record<SetupStepId, Finding> = {
    link: link && done(link.at),
    click: click && done(click.at),
    network: network && done(network.at),
    testConversion: test && { state: test.ok ? 'done' : 'problem', at: test.at },
    conversion: conversions[0] && done(conversions[0].at),
    transactionIds: transactionIds === null ? undefined : transactionFinding(transactionIds),
    parameters: parameters === null ? undefined : { state: parameters.ok ? 'done' : 'problem', at: parameters.at },
  };
  const current = SETUP_STEP_IDS.find((id) => findings[id]?.state !== 'done' && !hidden.includes(id)) ?? null;
  const steps = SETUP_STEP_IDS.map((id): AssessedStep => ({
    id,
    state: findings[id]?.state ?? (hidden.includes(id) ? 'hidden' : id === current ? 'waiting' : 'open'),
    at: findings[id]?.at ?? null,
    checks: id === current ? findChecks(id, evidence) : [],
  }));
  const doneCount = steps.filter(({ state }) => state === 'done').length;
  return { steps, current, done: doneCount, transactionIds, parameters };
}

function done(at: Date): Finding {
  return { state: 'done', at };
}

function transactionIdsOf(conversions: readonly ConversionEvidenceFacts[]): TransactionIds | null {
  const latest = conversions.at(-1);
  if (latest === undefined) return null;
  return {
    networkId: latest.networkId,
    conversions: conversions.length,
    withTransactionId: conversions.filter(({ txid }) => txid !== null).length,
    reused: conversions.filter(({ isTxidReused }) => isTxidReused).length,
    at: latest.at,
  };
}

/** A network that sends none is a note for people: its repeats without an id cannot be told apart. */
function transactionFinding({ conversions, withTransactionId, reused, at }: TransactionIds): Finding {
  if (reused > 0) return { state: 'problem', at };
  if (conversions < NEEDED_CONVERSIONS) return undefined;
  return withTransactionId > 0 ? done(at) : { state: 'problem', at };
}

/** A check of a link shows more than a conversion does, and its problems count while they last. */
function parametersOf(
  check: LinkCheckEvidence | undefined,
  conversions: readonly ConversionEvidenceFacts[],
): ParametersSeen | null {
  if (check !== undefined) {
    const { linkId, ok, hops, at } = check;
    return { source: 'check', linkId, conversionId: null, ok, hops, at };
  }
  const returned = conversions.find(({ clickId }) => clickId !== null);
  if (returned === undefined) return null;
  const { linkId, conversionId, at } = returned;
  return { source: 'conversion', linkId, conversionId, ok: true, hops: null, at };
}
