/** The steps of the setup checklist, in their order. */
export const SETUP_STEP_IDS = [
  'link',
  'click',
  'network',
  'testConversion',
  'conversion',
  'transactionIds',
  'parameters',
] as const;
export type SetupStepId = (typeof SETUP_STEP_IDS)[number];

/** `waiting`: the first step that is not done, if it has no problem. `open`: a later one. `hidden`: the caller lacks its scope. */
export const SETUP_STATES = ['done', 'waiting', 'problem', 'open', 'hidden'] as const;
export type SetupState = (typeof SETUP_STATES)[number];

/** Things to check when the current step stays silent. */
export const SETUP_CHECK_KEYS = [
  'link_paused',
  'link_not_started',
  'link_expired',
  'domain_not_served',
  'open_short_link',
  'add_network',
  'send_test',
  'test_step_failed',
  'postback_rejected',
  'postback_ignored',
  'postback_not_configured',
  'link_without_network',
  'click_id_param_differs',
  'transaction_ids_missing',
  'transaction_ids_reused',
  'second_conversion_needed',
  'check_link',
  'link_check_failed',
] as const;
export type SetupCheckKey = (typeof SETUP_CHECK_KEYS)[number];

/** One thing to check, with the facts for its sentence. */
export interface SetupCheck {
  key: SetupCheckKey;
  linkId?: string;
  networkId?: string;
  postbackId?: string;
  /** Why a request was rejected, or the code of a problem. */
  reason?: string;
  /** The name of a parameter that is expected. */
  param?: string;
  /** The name of the parameter that is set instead. */
  actualParam?: string;
  /** The step of a test that failed. */
  step?: string;
  hostname?: string;
  url?: string;
}
