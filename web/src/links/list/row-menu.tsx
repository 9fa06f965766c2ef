import { Menu } from '@mantine/core';
import IconArchive from '@tabler/icons-react/dist/esm/icons/IconArchive.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs';
import IconCopyPlus from '@tabler/icons-react/dist/esm/icons/IconCopyPlus.mjs';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconLink from '@tabler/icons-react/dist/esm/icons/IconLink.mjs';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import IconQrcode from '@tabler/icons-react/dist/esm/icons/IconQrcode.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useNavigate } from '@tanstack/react-router';
import { type ComponentProps, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { copyText } from '../../ui/controls/copy-text';
import { Button } from '../../ui/controls/button';
import { archiveLinks, deleteLinks, pauseLinks, resumeLinks, unarchiveLinks } from '../bulk/change-links';
import type { Link } from '../link-types';
import { linksWords } from '../links-words';
import { QrDialog } from '../link/qr';

const COPIED_MS = 1_500;

/** Copies the short URL. */
export function CopyUrl({ url }: { url: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Button
      look="quiet"
      isSmall
      icon={isCopied ? <IconCheck className="icon-small" /> : <IconCopy className="icon-small" />}
      aria-label={isCopied ? linksWords.copied : linksWords.copyUrl(url)}
      title={isCopied ? linksWords.copied : linksWords.copyUrl(url)}
      onClick={() => void copyText(url).then(setCopied)}
    />
  );
}

interface RowMenuProps {
  link: Link;
  onEdit: () => void;
  /** For the page of the link: called when the link is deleted. */
  onGone?: () => void;
}

/** The acts on one link. The menu is made when it is first opened: a table has many rows, and each menu would slow scrolling. */
export function RowMenu({ link, onEdit, onGone }: RowMenuProps) {
  const [hasMenu, setHasMenu] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [isQrOpen, setQrOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const openFirst = (): void => {
    flushSync(() => setHasMenu(true));
    button.current?.focus(); // it has taken the place of the one that was pressed; the menu gives the focus back to it
    setOpen(true);
  };
  if (!hasMenu) return <MoreButton link={link} aria-haspopup="menu" aria-expanded={false} onClick={openFirst} />;
  return (
    <>
      <Menu opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <MoreButton link={link} ref={button} />
        </Menu.Target>
        <Menu.Dropdown>
          <MenuItems link={link} onEdit={onEdit} onQr={() => setQrOpen(true)} onGone={onGone} />
        </Menu.Dropdown>
      </Menu>
      {isQrOpen ? <QrDialog link={link} onClose={() => setQrOpen(false)} /> : null}
    </>
  );
}

function MoreButton({ link, ...rest }: { link: Link } & ComponentProps<'button'>) {
  const icon = <IconDots className="icon-small" />;
  return <Button look="quiet" isSmall icon={icon} aria-label={linksWords.more(link.slug)} {...rest} />;
}

function MenuItems({
  link,
  onEdit,
  onQr,
  onGone,
}: {
  link: Link;
  onEdit: () => void;
  onQr: () => void;
  onGone: (() => void) | undefined;
}) {
  const navigate = useNavigate();
  const { acts } = linksWords;
  return (
    <>
      {onGone === undefined ? (
        <Menu.Item
          leftSection={<IconLink className="icon" />}
          onClick={() => void navigate({ to: '/links/$linkId', params: { linkId: link.id } })}
        >
          {acts.open}
        </Menu.Item>
      ) : null}
      <Menu.Item leftSection={<IconPencil className="icon" />} onClick={onEdit}>
        {acts.edit}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopyPlus className="icon" />}
        onClick={() => void navigate({ to: '/links', search: { builder: 'new', copyOf: link.id } })}
      >
        {acts.duplicate}
      </Menu.Item>
      <Menu.Item leftSection={<IconQrcode className="icon" />} onClick={onQr}>
        {acts.qr}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={link.paused ? <IconPlayerPlay className="icon" /> : <IconPlayerPause className="icon" />}
        onClick={() => void (link.paused ? resumeLinks : pauseLinks)([link])}
      >
        {link.paused ? acts.resume : acts.pause}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArchive className="icon" />}
        onClick={() => void (link.archived ? unarchiveLinks : archiveLinks)([link])}
      >
        {link.archived ? acts.unarchive : acts.archive}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconTrash className="icon" />}
        color="red"
        onClick={() => {
          onGone?.();
          void deleteLinks([link]);
        }}
      >
        {acts.remove}
      </Menu.Item>
    </>
  );
}
