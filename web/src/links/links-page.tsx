import { Page } from '../ui/layout/page';

export function LinksPage() {
  return <Page title="Links">{null}</Page>;
}
