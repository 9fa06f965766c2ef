import { Page } from '../ui/layout/page';

export function NetworksPage() {
  return <Page title="Networks">{null}</Page>;
}
