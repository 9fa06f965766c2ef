import { Page } from '../ui/layout/page';

export function LinkPage() {
  return <Page title="Link">{null}</Page>;
}
