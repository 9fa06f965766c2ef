import type { LatestLinkEvidence, NetworkEvidence, RequestEvidence, SetupEvidence } from './setup-evidence.js';
import type { SetupCheck, SetupStepId } from './setup-steps.js';

/** The things to check when a step stays silent, by the evidence. The most probable cause comes first. */
export function findChecks(id: SetupStepId, evidence: SetupEvidence): SetupCheck[] {
  return CHECKS[id](evidence);
}

const CHECKS: Record<SetupStepId, (evidence: SetupEvidence) => SetupCheck[]> = {
  link: () => [],
  click: ({ latestLink, now }) => (latestLink === undefined ? [] : clickChecks(latestLink, now)),
  network: () => [{ key: 'add_network' }],
  testConversion: testChecks,
  conversion: conversionChecks,
  transactionIds: transactionChecks,
  parameters: parameterChecks,
};

function clickChecks(link: LatestLinkEvidence, now: Date): SetupCheck[] {
  const { linkId, shortUrl: url, hostname } = link;
  const checks: SetupCheck[] = [];
  if (!link.isServed) checks.push({ key: 'domain_not_served', linkId, hostname });
  if (link.isPaused) checks.push({ key: 'link_paused', linkId });
  if (link.startsAt !== null && link.startsAt > now) checks.push({ key: 'link_not_started', linkId });
  if (link.expiresAt !== null && link.expiresAt <= now) checks.push({ key: 'link_expired', linkId });
  return [...checks, { key: 'open_short_link', linkId, url }];
}

function testChecks({ network, test }: SetupEvidence): SetupCheck[] {
  const failed = test?.steps.find(({ ok }) => !ok);
  if (test !== undefined && failed !== undefined) {
    const { networkId, postbackId, reason } = test;
    const facts = { ...(postbackId !== null && { postbackId }), ...(reason !== null && { reason }) };
    return [{ key: 'test_step_failed', networkId, step: failed.name, ...facts }];
  }
  return network === undefined ? [] : [{ key: 'send_test', networkId: network.networkId }];
}

function conversionChecks({ network, latestLink, requests }: SetupEvidence): SetupCheck[] {
  const real = requests.filter(({ verdict }) => verdict !== 'test');
  const checks: SetupCheck[] = [];
  const rejected = real.find(({ verdict }) => verdict === 'rejected');
  if (rejected !== undefined) checks.push({ key: 'postback_rejected', ...factsOf(rejected) });
  const ignored = real.find(({ verdict }) => verdict === 'ignored');
  if (ignored !== undefined) checks.push({ key: 'postback_ignored', ...factsOf(ignored) });
  if (network === undefined) return checks;
  if (real.length === 0) {
    const { networkId, postbackUrl: url } = network;
    checks.push({ key: 'postback_not_configured', networkId, url });
  }
  return latestLink === undefined ? checks : [...checks, ...linkChecks(latestLink, network)];
}

/** A link without its network, or with another parameter for the click id than its network expects. */
function linkChecks({ linkId, networkId, clickIdParam }: LatestLinkEvidence, network: NetworkEvidence): SetupCheck[] {
  if (networkId === null) return [{ key: 'link_without_network', linkId, networkId: network.networkId }];
  if (networkId !== network.networkId || clickIdParam === network.clickIdParam) return [];
  const actual = clickIdParam === null ? {} : { actualParam: clickIdParam };
  return [{ key: 'click_id_param_differs', linkId, networkId, param: network.clickIdParam, ...actual }];
}

function transactionChecks({ conversions }: SetupEvidence): SetupCheck[] {
  const latest = conversions.at(-1);
  if (latest === undefined) return [];
  const network = latest.networkId === null ? {} : { networkId: latest.networkId };
  if (conversions.some(({ isTxidReused }) => isTxidReused)) return [{ key: 'transaction_ids_reused', ...network }];
  if (conversions.length < 2) return [{ key: 'second_conversion_needed', ...network }];
  return [{ key: 'transaction_ids_missing', ...network }];
}

function parameterChecks({ latestLink, linkCheck }: SetupEvidence): SetupCheck[] {
  if (linkCheck !== undefined && !linkCheck.ok) {
    const { linkId, problem } = linkCheck;
    const facts =
      problem === null ? {} : { reason: problem.code, ...(problem.param !== null && paramOf(problem.param)) };
    return [{ key: 'link_check_failed', linkId, ...facts }];
  }
  return latestLink === undefined ? [] : [{ key: 'check_link', linkId: latestLink.linkId }];
}

function paramOf(param: string): { param: string } {
  return { param };
}

function factsOf({ postbackId, networkId, reason }: RequestEvidence): Omit<SetupCheck, 'key'> {
  return { postbackId, networkId, ...(reason !== null && { reason }) };
}
