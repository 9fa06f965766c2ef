import { Menu } from '@mantine/core';
import IconMenu2 from '@tabler/icons-react/dist/esm/icons/IconMenu2.mjs';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { Kbd } from '../ui/controls/kbd';
import { Toasts } from '../ui/layout/toasts';
import { DemoBar } from './demo-bar';
import { useKeys } from './keyboard';
import { startLive } from './live';
import { type NavigationEntry, SETTINGS_PAGES, START, WORK_PAGES } from './navigation';
import { closePalette, openPalette, usePaletteOpen } from './palette/palette-state';
import { hasScope, useMe } from './session';
import { openShortcuts, useShortcutsOpen } from './shortcuts/shortcuts-state';
import { useSetup } from './setup/setup-query';
import { SideCount } from './side-counts';
import { useHiddenWhenDone } from './setup/start-visibility';
import { appWords } from './words';
import { WorkspaceItems, WorkspaceMenu } from './workspace-menu';
import styles from './shell.module.css';

const Palette = lazy(() => import('./palette/palette').then(({ Palette }) => ({ default: Palette })));
const Shortcuts = lazy(() => import('./shortcuts/shortcuts').then(({ Shortcuts }) => ({ default: Shortcuts })));

/** The frame around all pages of signed-in people: navigation, palette, messages, live events. */
export function Shell() {
  const isPaletteOpen = usePaletteOpen();
  const isShortcutsOpen = useShortcutsOpen();
  useEffect(startLive, []);
  useGlobalKeys();
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {appWords.skipToContent}
      </a>
      <SideBar />
      <div className={styles.main}>
        <DemoBar />
        <Outlet />
      </div>
      <PhoneTabs />
      <Toasts />
      <Suspense fallback={null}>
        {isPaletteOpen ? <Palette onClose={closePalette} /> : null}
        {isShortcutsOpen ? <Shortcuts /> : null}
      </Suspense>
    </div>
  );
}

function useGlobalKeys(): void {
  const navigate = useNavigate();
  const me = useMe();
  const pages = [START, ...WORK_PAGES, ...SETTINGS_PAGES].filter((entry) => isAllowed(entry, me));
  useKeys({
    'mod+k': { act: openPalette, label: appWords.find, isAllowedWhileTyping: true },
    '/': { act: openPalette, label: appWords.find },
    '?': { act: openShortcuts, label: appWords.shortcuts },
    c: { act: () => void navigate({ to: '/links', search: { builder: 'new' } }), label: appWords.newLink },
    ...Object.fromEntries(
      pages.map(({ to, label, key }) => [
        `g ${key}`,
        { act: () => void navigate({ to }), label: appWords.goTo(label) },
      ]),
    ),
  });
}

function isAllowed({ scope }: NavigationEntry, me: { scopes: string[] }): boolean {
  return scope === undefined || hasScope(me, scope);
}

/** Start leaves the navigation when all is done and the person has hidden it. The palette still has it. */
function useStartHidden(): boolean {
  const workspace = useMe().workspaces.find(({ isCurrent }) => isCurrent);
  const [isHidden] = useHiddenWhenDone(workspace?.id ?? '');
  const { data: setup } = useSetup();
  return isHidden && setup?.current === null;
}

function SideBar() {
  const me = useMe();
  const isStartHidden = useStartHidden();
  return (
    <nav className={styles.side} aria-label={appWords.mainNavigation}>
      <WorkspaceMenu className={styles.workspace} />
      {isStartHidden ? null : (
        <>
          <Entry entry={START} />
          <hr className={styles.separator} />
        </>
      )}
      {WORK_PAGES.filter((entry) => isAllowed(entry, me)).map((entry) => (
        <Entry key={entry.to} entry={entry} />
      ))}
      <hr className={styles.separator} />
      {SETTINGS_PAGES.filter((entry) => isAllowed(entry, me)).map((entry) => (
        <Entry key={entry.to} entry={entry} />
      ))}
      <div className={styles.foot}>
        <button type="button" className={styles.footButton} onClick={openShortcuts}>
          {appWords.pressForShortcuts[0]} <Kbd>?</Kbd> {appWords.pressForShortcuts[1]}
        </button>
      </div>
    </nav>
  );
}

function Entry({ entry: { to, label, icon: EntryIcon } }: { entry: NavigationEntry }) {
  return (
    <Link to={to} className={styles.entry} activeProps={{ 'aria-current': 'page' }} title={label} preload="intent">
      <EntryIcon className="icon" aria-hidden="true" />
      <span>{label}</span>
      <SideCount page={to} className={styles.count} badClassName={styles.countBad} />
    </Link>
  );
}

/** The bar at the bottom of phones: the four most used pages, and a menu with the rest. */
function PhoneTabs() {
  const me = useMe();
  const navigate = useNavigate();
  const isStartHidden = useStartHidden();
  const shown = [...(isStartHidden ? [] : [START]), ...WORK_PAGES].filter((entry) => isAllowed(entry, me)).slice(0, 4);
  const rest = [...WORK_PAGES, ...SETTINGS_PAGES].filter((entry) => isAllowed(entry, me) && !shown.includes(entry));
  return (
    <nav className={styles.tabs} aria-label={appWords.phoneNavigation}>
      {shown.map(({ to, label, icon: TabIcon }) => (
        <Link key={to} to={to} className={styles.tab} activeProps={{ 'aria-current': 'page' }}>
          <TabIcon className="icon" aria-hidden="true" />
          <span>{label}</span>
        </Link>
      ))}
      <Menu position="top-end" shadow="md">
        <Menu.Target>
          <button type="button" className={styles.tab}>
            <IconMenu2 className="icon" aria-hidden="true" />
            <span>{appWords.more}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map(({ to, label, icon: RestIcon }) => (
            <Menu.Item key={to} leftSection={<RestIcon className="icon" />} onClick={() => void navigate({ to })}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <WorkspaceItems />
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}
