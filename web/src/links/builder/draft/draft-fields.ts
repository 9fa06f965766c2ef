import type { Schema } from '../../../api/client';
import { asNumber, emptyAsNull, splitTyped } from './draft-values';
import { type Draft, EMPTY_DRAFT, newKey, type RotationDraft, type RuleDraft, type VariantDraft } from './draft';

type Link = Schema<'LinkResponse'>;
/** Fields of `POST /links` and `PATCH /links/{id}`. A text that is no number stays a text, so that the server names the problem. */
export type LinkFields = Record<string, unknown>;

/** All fields that a draft has, as the API names them. `undefined`: left to the server. */
export function toFields(draft: Draft): LinkFields {
  return {
    url: draft.url.trim(),
    domain: draft.domain === '' ? undefined : draft.domain,
    slug: draft.slug === '' ? undefined : draft.slug,
    networkId: emptyAsNull(draft.networkId),
    clickIdParam: toClickIdParam(draft),
    rules: draft.rules.map(toRule),
    variants: draft.variants.map(toVariant),
    rotation: toRotation(draft.rotation),
    startsAt: emptyAsNull(draft.startsAt),
    expiresAt: emptyAsNull(draft.expiresAt),
    expiredUrl: emptyAsNull(draft.expiredUrl),
    fallbackUrl: emptyAsNull(draft.fallbackUrl),
    clickLimit: draft.clickLimit.trim() === '' ? null : asNumber(draft.clickLimit),
    password: toPassword(draft),
    cloak: draft.cloak,
    preview: toPreview(draft),
    title: emptyAsNull(draft.title),
    tags: tagsOf(draft),
    campaign: emptyAsNull(draft.campaign),
    notes: draft.notes.trim() === '' ? null : draft.notes,
    externalId: emptyAsNull(draft.externalId),
    redirectStatus: Number(draft.redirectStatus),
    forwardQuery: draft.forwardQuery,
    cost: draft.cost.trim() === '' ? null : { amount: draft.cost.trim(), currency: draft.costCurrency },
    sourceId: emptyAsNull(draft.sourceId),
    noIndex: draft.noIndex === '' ? null : draft.noIndex === 'true',
    referrerPolicy: emptyAsNull(draft.referrerPolicy),
  };
}

/** The tags, with the one that is being typed. */
export function tagsOf({ tags, typedTag }: Pick<Draft, 'tags' | 'typedTag'>): string[] {
  return [...new Set([...tags, ...splitTyped(typedTag, ',')])];
}

/** The fields that differ. Applied to `before`, they make it `after`. */
export function changedLinkFields(before: Draft, after: Draft): LinkFields {
  const old = toFields(before);
  const changed = Object.entries(toFields(after)).filter(
    ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(old[name]),
  );
  return Object.fromEntries(changed);
}

/** The body that creates a link: what differs from an empty draft. */
export function toCreateFields(draft: Draft): LinkFields {
  return { url: draft.url.trim(), ...changedLinkFields(EMPTY_DRAFT, draft) };
}

/** The body that changes a link. `before` is the link as it was when the changes began. */
export function toPatchFields(before: Draft, after: Draft): LinkFields {
  const fields = changedLinkFields(before, after);
  return 'slug' in fields && after.keepsOldSlug ? { ...fields, keepOldSlug: true } : fields;
}

/** Whether a person has entered something. A random slug is the server's. */
export function isChanged(before: Draft, after: Draft): boolean {
  const fields = changedLinkFields(before, after);
  if (after.isSlugRandom) delete fields['slug'];
  return Object.keys(fields).length > 0;
}

/** The draft of an existing link. */
export function toDraft(link: Link): Draft {
  return {
    ...EMPTY_DRAFT,
    url: link.url,
    domain: link.domain,
    slug: link.slug,
    isSlugRandom: false,
    networkId: link.networkId ?? '',
    rules: link.rules.map(({ name, when, url, variants }) => ({
      key: newKey(),
      name,
      when: when.map(({ timezone, ...rest }) => ({ ...rest, key: newKey(), typed: '', timezone: timezone ?? '' })),
      url: url ?? '',
      variants: (variants ?? []).map(toVariantDraft),
    })),
    variants: link.variants.map(toVariantDraft),
    rotation: toRotationDraft(link.rotation),
    startsAt: link.startsAt ?? '',
    expiresAt: link.expiresAt ?? '',
    expiredUrl: link.expiredUrl ?? '',
    fallbackUrl: link.fallbackUrl ?? '',
    clickLimit: link.clickLimit === null ? '' : String(link.clickLimit),
    cloak: link.cloak,
    previewTitle: link.preview?.title ?? '',
    previewDescription: link.preview?.description ?? '',
    previewImage: link.preview?.image ?? '',
    title: link.title ?? '',
    tags: link.tags,
    campaign: link.campaign ?? '',
    notes: link.notes ?? '',
    externalId: link.externalId ?? '',
    redirectStatus: String(link.redirectStatus),
    forwardQuery: link.forwardQuery,
    clickId: link.clickIdParam === null ? 'none' : 'named',
    clickIdParam: link.clickIdParam ?? '',
    cost: link.cost?.amount ?? '',
    costCurrency: link.cost?.currency ?? '',
    sourceId: link.sourceId ?? '',
    noIndex: link.noIndex === null ? '' : link.noIndex ? 'true' : 'false',
    referrerPolicy: link.referrerPolicy ?? '',
  };
}

/** A draft of a new link with the settings of another one. Slug and externalId belong to one link only. */
export function toCopy(link: Link): Draft {
  return { ...toDraft(link), slug: '', isSlugRandom: true, externalId: '' };
}

function toClickIdParam({ clickId, clickIdParam }: Draft): string | null | undefined {
  if (clickId === 'none') return null;
  return clickId === 'default' ? undefined : clickIdParam.trim();
}

function toPassword({ password, removesPassword }: Draft): string | null | undefined {
  if (password !== '') return password;
  return removesPassword ? null : undefined;
}

function toPreview({ previewTitle, previewDescription, previewImage }: Draft): LinkFields | null {
  const preview = {
    title: emptyAsNull(previewTitle),
    description: emptyAsNull(previewDescription),
    image: emptyAsNull(previewImage),
  };
  return Object.values(preview).every((value) => value === null) ? null : preview;
}

function toRule({ name, when, url, variants }: RuleDraft): LinkFields {
  return {
    ...(name.trim() !== '' && { name: name.trim() }),
    when: when.map(({ field, op, values, typed, timezone }) => ({
      field: field.trim(),
      op,
      values: [...new Set([...values, ...splitTyped(typed, field)])],
      ...(timezone !== '' && { timezone }),
    })),
    url: emptyAsNull(url),
    variants: variants.length === 0 ? null : variants.map(toVariant),
  };
}

function toVariant({ name, url, weight, cap, capGoal, capTimezone }: VariantDraft): LinkFields {
  return {
    ...(name.trim() !== '' && { name: name.trim() }),
    url: url.trim(),
    weight: asNumber(weight),
    dailyCap:
      cap.trim() === ''
        ? null
        : { conversions: asNumber(cap), goal: capGoal, ...(capTimezone !== '' && { timezone: capTimezone }) },
  };
}

function toVariantDraft({ name, url, weight, dailyCap }: Schema<'VariantResponse'>): VariantDraft {
  return {
    key: newKey(),
    name,
    url,
    weight: String(weight),
    cap: dailyCap === null ? '' : String(dailyCap.conversions),
    capGoal: dailyCap?.goal ?? 'approved',
    capTimezone: dailyCap?.timezone ?? '',
  };
}

function toRotation(rotation: RotationDraft): LinkFields | null {
  const { mode, goal, exploration, windowDays } = rotation;
  if (JSON.stringify(rotation) === JSON.stringify(EMPTY_DRAFT.rotation)) return null;
  const percent = asNumber(exploration);
  const share = typeof percent === 'number' ? Number((percent / 100).toFixed(6)) : percent;
  return { mode, goal, exploration: share, windowDays: asNumber(windowDays) };
}

function toRotationDraft(rotation: Link['rotation']): RotationDraft {
  if (rotation === null) return EMPTY_DRAFT.rotation;
  const { mode, goal, exploration, windowDays } = rotation;
  return { mode, goal, exploration: String(Number((exploration * 100).toFixed(4))), windowDays: String(windowDays) };
}
