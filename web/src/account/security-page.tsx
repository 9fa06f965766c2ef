import { Page } from '../ui/layout/page';

export function SecurityPage() {
  return <Page title="Security">{null}</Page>;
}
