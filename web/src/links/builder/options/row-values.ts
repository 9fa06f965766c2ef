import { formatDay } from '../../../ui/data/time-format';
import { readParam } from '../address/url-params';
import { builderWords } from '../builder-words';
import type { Draft } from '../draft/draft';
import { changedLinkFields, tagsOf } from '../draft/draft-fields';
import { EMPTY_DRAFT } from '../draft/draft';
import { ROW_FIELDS, type RowName } from '../draft/problems';
import { shares } from '../rules/shares';

const words = builderWords.rowValues;
export const UTM_NAMES = ['source', 'medium', 'campaign', 'term', 'content'] as const;

interface RowValue {
  text: string;
  /** Something differs from the defaults. */
  isSet: boolean;
}

/** The state of a row's options in a few words. */
export function rowValue(name: RowName, draft: Draft, known: { timeZone: string; hadPassword: boolean }): RowValue {
  const parts = PARTS[name](draft, known).filter((part) => part !== '');
  return parts.length > 0 ? { text: parts.join(' · '), isSet: true } : { text: DEFAULTS[name], isSet: false };
}

const DEFAULTS: Readonly<Record<RowName, string>> = {
  params: words.none,
  rules: words.noRules,
  schedule: words.always,
  access: words.off,
  details: words.defaults,
};

const PARTS: Readonly<Record<RowName, (draft: Draft, known: { timeZone: string; hadPassword: boolean }) => string[]>> =
  {
    params: ({ url }) => {
      const subs = [...new Set([...url.matchAll(/\{(sub(?:[1-9]|10))\}/g)].map(([, sub]) => sub ?? ''))];
      const utm = UTM_NAMES.filter((utmName) => readParam(url, `utm_${utmName}`) !== undefined);
      return [subs.join(', '), utm.length === 0 ? '' : words.utm(utm.join(', '))];
    },
    rules: ({ rules, variants }) => {
      const percents = shares(variants.map(({ weight }) => weight));
      const names = variants.map(({ name }, index) => `${name || String.fromCodePoint(65 + index)} ${percents[index]}`);
      return [rules.length === 0 ? '' : words.rules(rules.length), names.join(', ')];
    },
    schedule: ({ startsAt, expiresAt, clickLimit, fallbackUrl }, { timeZone }) => [
      startsAt === '' ? '' : words.from(formatDay(new Date(startsAt), timeZone)),
      expiresAt === '' ? '' : words.until(formatDay(new Date(expiresAt), timeZone)),
      clickLimit === '' ? '' : words.clicks(clickLimit),
      fallbackUrl === '' ? '' : words.fallback,
    ],
    access: ({ password, cloak, previewTitle, previewDescription, previewImage }, { hadPassword }) => [
      password !== '' || hadPassword ? words.password : '',
      cloak ? words.cloak : '',
      previewTitle + previewDescription + previewImage === '' ? '' : words.card,
    ],
    details: (draft) => {
      const tags = tagsOf(draft);
      const changed = Object.keys(changedLinkFields(EMPTY_DRAFT, draft));
      const others = ROW_FIELDS.details.filter(
        (field) => field !== 'tags' && field !== 'title' && changed.includes(field),
      );
      return [draft.title, tags.length === 0 ? '' : words.tags(tags.length), others.map(nameOfField).join(', ')];
    },
  };

function nameOfField(field: (typeof ROW_FIELDS.details)[number]): string {
  return field === 'clickIdParam' ? 'click id' : field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
