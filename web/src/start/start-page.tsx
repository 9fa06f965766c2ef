import { Page } from '../ui/layout/page';

export function StartPage() {
  return <Page title="Start">{null}</Page>;
}
