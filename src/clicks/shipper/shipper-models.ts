import type { Connection } from '../../platform/mongo/driver.js';
import { InstanceSecret, InstanceSecretSchema } from '../../platform/secrets/instance-secret.schema.js';
import { StoredRateDay, StoredRateDaySchema } from '../../rates/rate-day.schema.js';
import { LinkCounters, LinkCountersSchema } from '../../counters/link-counters.schema.js';
import { VariantClicks, VariantClicksSchema } from '../../counters/variant-clicks.schema.js';
import { WorkspaceDeletion, WorkspaceDeletionSchema } from '../../workspaces/deletion/workspace-deletion.schema.js';
import { Workspace, WorkspaceSchema } from '../../workspaces/workspace.schema.js';
import { Click, ClickSchema } from '../click.schema.js';
import { VisitorRule, VisitorRuleSchema } from '../visitor-rules/visitor-rule.schema.js';
import { SpoolOffset, SpoolOffsetSchema } from './spool-offset.schema.js';

/** Registers the models of the shipper on a connection outside Nest. The application creates the indexes. */
export function registerShipperModels(connection: Connection): void {
  connection.model(Click.name, ClickSchema);
  connection.model(SpoolOffset.name, SpoolOffsetSchema);
  connection.model(VisitorRule.name, VisitorRuleSchema);
  connection.model(LinkCounters.name, LinkCountersSchema);
  connection.model(VariantClicks.name, VariantClicksSchema);
  connection.model(StoredRateDay.name, StoredRateDaySchema);
  connection.model(Workspace.name, WorkspaceSchema);
  connection.model(WorkspaceDeletion.name, WorkspaceDeletionSchema);
  connection.model(InstanceSecret.name, InstanceSecretSchema);
}
