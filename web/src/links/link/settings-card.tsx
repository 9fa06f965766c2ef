import { ColouredText } from '../../ui/data/parameters';
import { DefinitionList } from '../../ui/data/definition-list';
import { formatCount } from '../../ui/data/money-format';
import { Tag } from '../../ui/data/status';
import { When } from '../../ui/data/time';
import { Card } from '../../ui/layout/card';
import type { Link } from '../link-types';
import { useNetworkNames } from '../links-queries';
import { colouredUrl } from './coloured-url';
import { linkWords } from './link-words';

/** The settings of a link that people look for first. */
export function SettingsCard({ link }: { link: Link }) {
  const networks = useNetworkNames();
  const { fields } = linkWords;
  return (
    <Card title={linkWords.details}>
      <DefinitionList
        entries={[
          [fields.destination, <ColouredText parts={colouredUrl(link.url, link.clickIdParam)} />],
          [fields.clickId, link.clickIdParam === null ? null : <code>{link.clickIdParam}</code>],
          [fields.network, link.networkId === null ? null : (networks.get(link.networkId) ?? link.networkId)],
          [fields.campaign, link.campaign],
          [
            fields.tags,
            link.tags.length === 0 ? null : (
              <span className="row wrap">
                {link.tags.map((tag) => (
                  <Tag key={tag}>{tag}</Tag>
                ))}
              </span>
            ),
          ],
          [fields.ends, link.expiresAt === null ? null : <When at={link.expiresAt} />],
          [fields.limit, link.clickLimit === null ? null : formatCount(link.clickLimit)],
          [fields.notes, link.notes],
          [fields.created, <When at={link.createdAt} />],
        ]}
      />
    </Card>
  );
}
