import { ColouredText } from '../../ui/data/parameters';
import { DefinitionList, entry } from '../../ui/data/definition-list';
import { formatCount } from '../../ui/data/money-format';
import { Tag } from '../../ui/data/status';
import { When } from '../../ui/data/time';
import { Card } from '../../ui/layout/card';
import type { Link } from '../link-types';

import { useNetworkNames } from '../../networks/use-networks';
import { colouredDestination } from './coloured-url';
import { linkWords } from './link-words';

/** The settings of a link that people look for first. */
export function SettingsCard({ link }: { link: Link }) {
  const networks = useNetworkNames();
  const { fields } = linkWords;
  return (
    <Card title={linkWords.details}>
      <DefinitionList
        entries={[
          entry(fields.destination, <ColouredText parts={colouredDestination(link.url, link.clickIdParam)} />),
          entry(fields.clickId, link.clickIdParam === null ? null : <code>{link.clickIdParam}</code>),
          entry(fields.network, link.networkId === null ? null : (networks.get(link.networkId) ?? link.networkId)),
          entry(fields.campaign, link.campaign),
          entry(
            fields.tags,
            link.tags.length === 0 ? null : (
              <span className="row wrap">
                {link.tags.map((tag) => (
                  <Tag key={tag}>{tag}</Tag>
                ))}
              </span>
            ),
          ),
          entry(fields.ends, link.expiresAt === null ? null : <When at={link.expiresAt} />),
          entry(fields.limit, link.clickLimit === null ? null : formatCount(link.clickLimit)),
          entry(fields.notes, link.notes),
          entry(fields.created, <When at={link.createdAt} />),
        ]}
      />
    </Card>
  );
}
