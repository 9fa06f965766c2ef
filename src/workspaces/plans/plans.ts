/** What a plan limits. A redirect or a postback is never stopped by any of them. */
export const QUOTAS = ['links', 'domains', 'networks', 'apiKeys', 'conversionImports', 'apiRequestsPerMinute'] as const;
export type Quota = (typeof QUOTAS)[number];

/** `null`: as many as one likes. */
export type Limits = Record<Quota, number | null>;

const UNLIMITED: Limits = {
  links: null,
  domains: null,
  networks: null,
  apiKeys: null,
  conversionImports: null,
  apiRequestsPerMinute: null,
};

/** The plans there are. `free` is for those who host others. */
export const PLANS = {
  unlimited: UNLIMITED,
  free: {
    links: 5_000,
    domains: 5,
    networks: 25,
    apiKeys: 20,
    /** In 30 days. */
    conversionImports: 100,
    apiRequestsPerMinute: 600,
  },
} as const satisfies Record<string, Limits>;
export type PlanName = keyof typeof PLANS;
export const PLAN_NAMES = Object.keys(PLANS) as PlanName[];

/** A workspace's plan as it is stored: one of those above, and where this workspace is treated otherwise. */
export interface StoredPlan {
  name: string;
  limits?: Partial<Record<string, number | null>>;
}

/** Who has no plan is not limited; a plan that this version does not know limits nobody either. */
export function limitsOf(plan: StoredPlan | undefined): Limits {
  const known: Limits = PLANS[plan?.name as PlanName] ?? UNLIMITED;
  const own = plan?.limits ?? {};
  const entries = QUOTAS.map((quota) => [quota, own[quota] === undefined ? known[quota] : own[quota]] as const);
  return Object.fromEntries(entries) as Limits;
}
