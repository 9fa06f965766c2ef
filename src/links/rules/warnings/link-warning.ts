/** Codes of warnings about links. Warnings do not prevent creating a link. */
export const LINK_WARNING_CODES = [
  'mixed_script',
  'lookalike',
  'literal_click_id',
  'fixed_click_id_param',
  'duplicate_click_id_param',
  'similar_click_id_param',
  'foreign_macro',
  'marked_click_id',
  'html_entity',
  'invisible_character',
  'malformed_query',
  'signed_url',
  'nothing_appended',
  'telegram_start',
  'query_in_fragment',
  'already_expired',
  'limit_reached',
  'rule_over',
] as const;
export type LinkWarningCode = (typeof LINK_WARNING_CODES)[number];

export interface LinkWarning {
  code: LinkWarningCode;
  /** The field: `url`, `rules.0.variants.1.url`. */
  path: string;
  message: string;
  /** A suggested value for that field, which can be sent as it is. */
  suggestion?: string | undefined;
}

/** A warning without its field. */
export type UrlFinding = Omit<LinkWarning, 'path'>;

/** How the click id and the visitor's parameters are added to a link's URLs. */
export interface AppendRules {
  clickIdParam: string | null;
  forwardQuery: string;
}
