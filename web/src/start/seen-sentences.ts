import { countryName } from '../ui/data/country-name';
import { EVENT_NAMES } from '../ui/data/event-names';
import type { Schema } from '../api/client';
import { formatMoney, type MoneyValue } from '../ui/data/money-format';

export type SetupStep = Schema<'SetupResponse'>['steps'][number];
export type StepId = SetupStep['id'];

/** A short URL without its scheme. */
export function shortOf(url: string): string {
  return url.replace(/^https?:\/\//, '');
}

/** An event in words, with its amount: `FTD 50.00 EUR`. */
export function eventWithMoney(eventType: string | null, payout: MoneyValue | null): string {
  const event =
    eventType === null
      ? 'Postback'
      : ((EVENT_NAMES as Readonly<Record<string, string>>)[eventType] ?? capital(eventType));
  return payout === null ? event : `${event} ${formatMoney(payout)}`;
}

/**
 * The facts of a step in a sentence; names stand between backticks. `null`: nothing was seen.
 * @param when formats a time, such as "2 s ago"
 * @param presetName the name of the network's preset, once it is known
 */
export function seenSentence(step: SetupStep, when: (at: string) => string, presetName?: string): string | null {
  if (step.seen === null) return null;
  switch (step.id) {
    case 'link':
      return linkSentence(step.seen);
    case 'click':
      return clickSentence(step.seen);
    case 'network': {
      const { name, preset, clickIdParam } = step.seen;
      const shown = presetName ?? preset;
      const by = shown === null ? 'without preset' : shown === name ? 'by its preset' : `preset ${shown}`;
      return `${name}, ${by}. The click id goes in \`${clickIdParam}\`.`;
    }
    case 'testConversion':
      return testSentence(step.seen, when);
    case 'conversion': {
      const { eventType, payout, ip, at, status } = step.seen;
      const from = ip === null ? '' : `, from ${ip}`;
      return `${eventWithMoney(eventType, payout)}, ${when(at)}${from}, ${status}.`;
    }
    case 'transactionIds':
      return transactionSentence(step.seen);
    case 'parameters':
      return parametersSentence(step.seen);
  }
}

function linkSentence({ shortUrl, destinationHost }: Schema<'LinkSeenResponse'>): string {
  const to = destinationHost === null ? 'leads where its macro says' : `leads to ${destinationHost}`;
  return `\`${shortOf(shortUrl)}\` ${to}.`;
}

function clickSentence({ country, device, isBot }: Schema<'ClickSeenResponse'>): string {
  const from = country === null ? 'From an unknown country' : `From ${countryName(country)}`;
  return `${[from, device ?? 'unknown device', isBot ? 'a bot' : 'human'].join(', ')}.`;
}

function testSentence(seen: Schema<'TestConversionSeenResponse'>, when: (at: string) => string): string {
  const { ok, eventType, payout, ip, at, reason, steps } = seen;
  const from = ip === null ? '' : `, from ${ip}`;
  if (ok) return `${eventWithMoney(eventType, payout)}, ${when(at)}${from}. Not in the numbers.`;
  const failed = steps.find((step) => !step.ok);
  const where = failed === undefined ? 'The test failed' : `The test stopped at ${stepName(failed.name)}`;
  return `${where}, ${when(at)}${reason === null ? '' : `: \`${reason}\``}.`;
}

function transactionSentence({ conversions, withTransactionId, reused }: Schema<'TransactionIdsSeenResponse'>): string {
  if (reused > 0) {
    return `${reused} of ${conversions} conversions reuse the transaction id of another click.`;
  }
  if (withTransactionId === 0) {
    return `${conversions === 1 ? 'The conversion has' : `The ${conversions} conversions have`} no transaction id. One FTD for each click counts.`;
  }
  if (conversions === 1) return 'The first conversion has a transaction id. A second one shows whether they differ.';
  return `${withTransactionId} of ${conversions} conversions have a transaction id, and all differ.`;
}

function parametersSentence({ source, ok, hops }: Schema<'ParametersSeenResponse'>): string {
  if (source === 'conversion') return 'A postback brought the click id back.';
  const over = hops === 1 ? '1 hop' : `${hops ?? 0} hops`;
  return ok ? `Checked over ${over}: the click id arrives.` : `Checked over ${over}: there is a problem.`;
}

const STEP_NAMES: Readonly<Record<string, string>> = {
  link: 'the link',
  click: 'the click',
  redirect: 'the redirect',
  request: 'the postback',
  request_locally: 'the postback',
  answer: 'the answer',
  reading: 'the reading of the request',
  verdict: 'the verdict',
};

/** A step of a test in words. */
export function stepName(name: string): string {
  return STEP_NAMES[name] ?? name;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
