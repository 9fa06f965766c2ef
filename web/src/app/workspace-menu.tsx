import { Menu, useMantineColorScheme } from '@mantine/core';
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs';
import IconSelector from '@tabler/icons-react/dist/esm/icons/IconSelector.mjs';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import { DENSITIES, useDensity } from './density';
import { leaveAfter } from './leave';
import { LogoMark } from './logo';
import { useMe, workspaceQuery } from './session';
import { appWords } from './words';

/** The workspace at the top of the side bar; opens the menu with the others, the looks and the sign-out. */
export function WorkspaceMenu({ className }: { className?: string | undefined }) {
  const me = useMe();
  const { data: workspace } = useQuery(workspaceQuery);
  const name = workspace?.name ?? me.workspaces.find(({ isCurrent }) => isCurrent)?.name ?? 'Hopback';
  return (
    <Menu position="bottom-start" width={240} shadow="md">
      <Menu.Target>
        <button type="button" className={className} aria-label={`${name}: ${appWords.workspaces}`}>
          <LogoMark />
          <span className="grow ellipsis">{name}</span>
          <IconSelector className="icon-small" aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <WorkspaceItems />
      </Menu.Dropdown>
    </Menu>
  );
}

export function WorkspaceItems() {
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useDensity();
  const schemes = [
    ['auto', appWords.asSystem],
    ['light', appWords.light],
    ['dark', appWords.dark],
  ] as const;
  return (
    <>
      <Menu.Label>{appWords.workspaces}</Menu.Label>
      {me.workspaces.map(({ id, name, isCurrent }) => (
        <Menu.Item
          key={id}
          aria-label={isCurrent ? name : appWords.switchTo(name)}
          aria-current={isCurrent}
          rightSection={isCurrent ? '✓' : undefined}
          onClick={() => void (isCurrent || switchWorkspace(id))}
        >
          {name}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Label>{appWords.colours}</Menu.Label>
      {schemes.map(([scheme, label]) => (
        <Menu.Item
          key={scheme}
          closeMenuOnClick={false}
          aria-current={scheme === colorScheme}
          rightSection={scheme === colorScheme ? '✓' : undefined}
          onClick={() => setColorScheme(scheme)}
        >
          {label}
        </Menu.Item>
      ))}
      <Menu.Label>{appWords.density}</Menu.Label>
      {DENSITIES.map((each) => (
        <Menu.Item
          key={each}
          closeMenuOnClick={false}
          aria-current={each === density}
          rightSection={each === density ? '✓' : undefined}
          onClick={() => setDensity(each)}
        >
          {appWords[each]}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Label>{me.email}</Menu.Label>
      <Menu.Item leftSection={<IconLogout className="icon" />} onClick={() => void signOut()}>
        {appWords.signOut}
      </Menu.Item>
    </>
  );
}

/** Another workspace has other data everywhere, so the page is loaded anew. */
export async function switchWorkspace(workspaceId: string): Promise<void> {
  await leaveAfter(() => api.POST('/api/v1/me/workspace', { body: { workspaceId } }), '/app/start');
}

export async function signOut(): Promise<void> {
  await leaveAfter(() => api.POST('/api/v1/auth/sign-out'), '/app/sign-in');
}
