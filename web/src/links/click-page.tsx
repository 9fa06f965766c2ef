import { Page } from '../ui/layout/page';

export function ClickPage() {
  return <Page title="Click">{null}</Page>;
}
