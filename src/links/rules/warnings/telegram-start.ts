import type { UrlFinding } from './link-warning.js';

const PARAMS = ['start', 'startgroup', 'startapp', 'startattach'];
const MAX_START = 64;
const CLICK_ID_LENGTH = 31;

interface ClickIdPlace {
  appendsClickId: boolean;
  hasClickId: boolean;
}

/**
 * Warns of links to Telegram bots that lose the click id. Telegram passes on only `start` and similar parameters, with at
 * most 64 letters, digits, `_` and `-`.
 */
export function telegramFinding(url: string, { appendsClickId, hasClickId }: ClickIdPlace): UrlFinding | undefined {
  const isApp = /^tg:/i.test(url);
  if (!isApp && !/^https?:\/\/(?:t\.me|telegram\.me|telegram\.dog)\//i.test(url)) return undefined;
  const [, queryText = ''] = /\?([^#]*)/.exec(url) ?? [];
  const pairs = queryText.split('&').map((pair) => pair.split('=') as [string, string?]);
  const start = pairs.find(([name]) => PARAMS.includes(name.toLowerCase()));
  if (start === undefined) return appendsClickId && !hasClickId ? notPassedOn(isApp) : undefined;
  const [name, value = ''] = start;
  const problem = startProblem(value);
  if (problem !== undefined) {
    return {
      code: 'telegram_start',
      message: `Telegram accepts at most 64 characters of A-Z a-z 0-9 _ - in ${name}, and ${problem}.`,
    };
  }
  if (hasClickId || !appendsClickId) return undefined;
  const message = `Telegram passes on only ${name}, so the click id does not reach the bot. Write ${name}={click_id}.`;
  return { code: 'telegram_start', message };
}

function notPassedOn(isApp: boolean): UrlFinding {
  const why = isApp ? 'Nothing is appended to a tg: URL' : 'Telegram does not pass on appended parameters';
  return {
    code: 'telegram_start',
    message: `${why}, so the click id does not arrive. For a bot, add start={click_id}.`,
  };
}

function startProblem(value: string): string | undefined {
  const macros = value.match(/\{[^{}]*\}/g) ?? [];
  const literal = value.replaceAll(/\{[^{}]*\}/g, '');
  const bad = /[^\w-]/.exec(literal)?.[0];
  if (bad !== undefined) return `"${bad}" is not one of them`;
  const length = literal.length + macros.filter((macro) => macro === '{click_id}').length * CLICK_ID_LENGTH;
  if (length > MAX_START) return `this value has ${length}`;
  const risky = macros.find((macro) => !['{click_id}', '{link_id}', '{timestamp}', '{random}'].includes(macro));
  return risky === undefined ? undefined : `the value of ${risky} can have other characters, or be too long`;
}
