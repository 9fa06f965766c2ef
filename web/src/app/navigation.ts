import type { Icon } from '@tabler/icons-react';
import IconArrowBackUp from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconCoin from '@tabler/icons-react/dist/esm/icons/IconCoin.mjs';
import IconLink from '@tabler/icons-react/dist/esm/icons/IconLink.mjs';
import IconPlugConnected from '@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs';
import IconRoute from '@tabler/icons-react/dist/esm/icons/IconRoute.mjs';
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs';
import { appWords } from './words';

export interface NavigationEntry {
  to: '/start' | '/links' | '/conversions' | '/postbacks' | '/networks' | '/members' | '/security';
  label: string;
  icon: Icon;
  /** The letter after `g`. */
  key: string;
  /** Shown only with this scope. */
  scope?: string;
}

export const START: NavigationEntry = { to: '/start', label: appWords.start, icon: IconRoute, key: 's' };

/** The work: in this order in the side bar, and in the bar at the bottom of phones. */
export const WORK_PAGES: readonly NavigationEntry[] = [
  { to: '/links', label: appWords.links, icon: IconLink, key: 'l', scope: 'links:read' },
  { to: '/conversions', label: appWords.conversions, icon: IconCoin, key: 'c', scope: 'conversions:read' },
  { to: '/postbacks', label: appWords.postbacks, icon: IconArrowBackUp, key: 'p', scope: 'postbacks:read' },
  { to: '/networks', label: appWords.networks, icon: IconPlugConnected, key: 'n', scope: 'networks:read' },
];

export const SETTINGS_PAGES: readonly NavigationEntry[] = [
  { to: '/members', label: appWords.team, icon: IconUsers, key: 't', scope: 'members:read' },
  { to: '/security', label: appWords.account, icon: IconUser, key: 'a' },
];
