/** An entry of the audit log, as far as annotations need it. */
export interface AuditedChange {
  at: Date;
  action: string;
  objectId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export const ANNOTATION_KINDS = ['link_changed', 'network_changed', 'rates_loaded'] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];

/** A change that may explain a bend in a time series. */
export interface Annotation {
  at: string;
  kind: AnnotationKind;
  /** The changed link or network; the workspace for exchange rates. */
  objectId: string;
  /** The changed fields. */
  fields: string[];
}

/** Actions of the audit log that annotations are made of, with the fields that change numbers. */
const SOURCES: Readonly<Record<string, { kind: AnnotationKind; fields?: readonly string[] }>> = {
  'link.updated': {
    kind: 'link_changed',
    fields: [
      'url',
      'slug',
      'domain',
      'rules',
      'variants',
      'rotation',
      'paused',
      'startsAt',
      'expiresAt',
      'expiredUrl',
      'fallbackUrl',
      'clickLimit',
      'networkId',
      'clickIdParam',
      'cost',
      'password',
      'suspended',
      'live',
    ],
  },
  'link.deleted': { kind: 'link_changed' },
  'network.updated': {
    kind: 'network_changed',
    fields: ['mapping', 'preset', 'defaults', 'repeats', 'transactionScope', 'security', 'currency', 'paused'],
  },
  'network.deleted': { kind: 'network_changed' },
  'network.restored': { kind: 'network_changed' },
  'exchange-rates.loaded': { kind: 'rates_loaded' },
};

export const ANNOTATED_ACTIONS = Object.keys(SOURCES);

/**
 * The changes as annotations, oldest first. Changes of names, tags and notes are left out.
 * @param links only these links, when the report is about some.
 */
export function toAnnotations(changes: readonly AuditedChange[], links?: ReadonlySet<string>): Annotation[] {
  return changes
    .flatMap(({ at, action, objectId, before, after }): Annotation[] => {
      const source = SOURCES[action];
      if (source === undefined) return [];
      if (source.kind === 'link_changed' && links !== undefined && !links.has(objectId)) return [];
      const changed = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
      const fields = source.fields === undefined ? [] : changed.filter((field) => source.fields?.includes(field));
      if (source.fields !== undefined && fields.length === 0) return [];
      return [{ at: at.toISOString(), kind: source.kind, objectId, fields }];
    })
    .reverse();
}
