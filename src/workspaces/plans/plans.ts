/** The quotas of a plan. None of them ever stops a redirect or a postback. */
export const QUOTAS = ['links', 'domains', 'networks', 'apiKeys', 'conversionImports', 'apiRequestsPerMinute'] as const;
export type Quota = (typeof QUOTAS)[number];

/** `null`: no limit. */
export type Limits = Record<Quota, number | null>;

const UNLIMITED: Limits = {
  links: null,
  domains: null,
  networks: null,
  apiKeys: null,
  conversionImports: null,
  apiRequestsPerMinute: null,
};

/** The plans. `free` is for operators who host other teams. */
export const PLANS = {
  unlimited: UNLIMITED,
  free: {
    links: 5_000,
    domains: 5,
    networks: 25,
    apiKeys: 20,
    /** Per 30 days. */
    conversionImports: 100,
    apiRequestsPerMinute: 600,
  },
} as const satisfies Record<string, Limits>;
export type PlanName = keyof typeof PLANS;

/** A workspace's plan as it is stored: the name of a plan, and limits that differ for this workspace. */
export interface StoredPlan {
  name: string;
  limits?: Partial<Record<string, number | null>>;
}

/** The limits of a workspace. Without a plan, or with a plan unknown to this version, there are none. */
export function limitsOf(plan: StoredPlan | undefined): Limits {
  const known: Limits = PLANS[plan?.name as PlanName] ?? UNLIMITED;
  const own = plan?.limits ?? {};
  const entries = QUOTAS.map((quota) => [quota, own[quota] === undefined ? known[quota] : own[quota]] as const);
  return Object.fromEntries(entries) as Limits;
}
