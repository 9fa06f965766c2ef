import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ApiProblem } from '../api/problem';
import { queryClient } from '../api/query-client';
import { PageFailed, PageMissing } from './page-failures';
import { parseConversionsSearch } from '../conversions/conversions-search';
import { parseLinkSearch } from '../links/link/link-search';
import { parseImportSearch } from '../conversions/import/import-search';
import { parseLinksSearch } from '../links/links-search';
import { parseNetworksSearch } from '../networks/networks-search';
import { parsePostbacksSearch } from '../postbacks/postbacks-search';
import { meQuery, workspaceQuery } from './session';
import { Shell } from './shell';
import { findHome } from './setup/start-visibility';

const root = createRootRoute({ component: Outlet, notFoundComponent: PageMissing, errorComponent: PageFailed });

/** Pages of signed-in people. Others are led to the sign-in, and back afterwards. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  errorComponent: PageFailed,
  loader: async ({ location }) => {
    try {
      await Promise.all([
        queryClient.ensureQueryData(meQuery),
        queryClient.prefetchQuery(workspaceQuery), // without a workspace there is none to read
      ]);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      const next = location.pathname === '/start' || location.pathname === '/' ? '' : `next=/app${location.href}`;
      throw redirect({ to: '/sign-in', hash: next, replace: true });
    }
  },
});

const page = { getParentRoute: () => signedIn };
const open = { getParentRoute: () => root };

const welcome = createRoute({
  ...open,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../account/welcome-page'), 'WelcomePage'),
});
const signIn = createRoute({
  ...open,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../account/sign-in-page'), 'SignInPage'),
});
const forgot = createRoute({
  ...open,
  path: '/forgot',
  component: lazyRouteComponent(() => import('../account/forgot-page'), 'ForgotPage'),
});
const reset = createRoute({
  ...open,
  path: '/reset',
  component: lazyRouteComponent(() => import('../account/reset-page'), 'ResetPage'),
});
const invitation = createRoute({
  ...open,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../account/invitation-page'), 'InvitationPage'),
});
const email = createRoute({
  ...open,
  path: '/email',
  component: lazyRouteComponent(() => import('../account/email-page'), 'EmailPage'),
});

const home = createRoute({
  ...page,
  path: '/',
  beforeLoad: async () => {
    throw redirect({ to: await findHome(), replace: true });
  },
});
const start = createRoute({
  ...page,
  path: '/start',
  component: lazyRouteComponent(() => import('../start/start-page'), 'StartPage'),
});
const links = createRoute({
  ...page,
  path: '/links',
  validateSearch: parseLinksSearch,
  component: lazyRouteComponent(() => import('../links/links-page'), 'LinksPage'),
});
const link = createRoute({
  ...page,
  path: '/links/$linkId',
  validateSearch: parseLinkSearch,
  component: lazyRouteComponent(() => import('../links/link-page'), 'LinkPage'),
});
const click = createRoute({
  ...page,
  path: '/clicks/$clickId',
  component: lazyRouteComponent(() => import('../links/click-page'), 'ClickPage'),
});
const networks = createRoute({
  ...page,
  path: '/networks',
  validateSearch: parseNetworksSearch,
  component: lazyRouteComponent(() => import('../networks/networks-page'), 'NetworksPage'),
});
const postbacks = createRoute({
  ...page,
  path: '/postbacks',
  validateSearch: parsePostbacksSearch,
  component: lazyRouteComponent(() => import('../postbacks/postbacks-page'), 'PostbacksPage'),
});
const conversions = createRoute({
  ...page,
  path: '/conversions',
  validateSearch: parseConversionsSearch,
  component: lazyRouteComponent(() => import('../conversions/conversions-page'), 'ConversionsPage'),
});
const conversionImport = createRoute({
  ...page,
  path: '/conversions/import',
  validateSearch: parseImportSearch,
  component: lazyRouteComponent(() => import('../conversions/import-page'), 'ImportPage'),
});
const conversion = createRoute({
  ...page,
  path: '/conversions/$conversionId',
  validateSearch: parseConversionsSearch,
  component: lazyRouteComponent(() => import('../conversions/conversion-page'), 'ConversionPage'),
});
const members = createRoute({
  ...page,
  path: '/members',
  component: lazyRouteComponent(() => import('../account/members-page'), 'MembersPage'),
});
const security = createRoute({
  ...page,
  path: '/security',
  component: lazyRouteComponent(() => import('../account/security-page'), 'SecurityPage'),
});
const sessions = createRoute({
  ...page,
  path: '/sessions',
  component: lazyRouteComponent(() => import('../account/sessions-page'), 'SessionsPage'),
});

const routeTree = root.addChildren([
  signedIn.addChildren([
    home,
    start,
    links,
    link,
    click,
    networks,
    postbacks,
    conversions,
    conversionImport,
    conversion,
    members,
    security,
    sessions,
  ]),
  welcome,
  signIn,
  forgot,
  reset,
  invitation,
  email,
]);

export const router = createRouter({
  routeTree,
  basepath: '/app',
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
