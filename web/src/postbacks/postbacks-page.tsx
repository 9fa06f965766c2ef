import { Page } from '../ui/layout/page';

export function PostbacksPage() {
  return <Page title="Postbacks">{null}</Page>;
}
