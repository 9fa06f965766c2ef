import { Page } from '../ui/layout/page';

export function MembersPage() {
  return <Page title="Team">{null}</Page>;
}
