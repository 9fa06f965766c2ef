import { Page } from '../ui/layout/page';

export function SessionsPage() {
  return <Page title="Sessions">{null}</Page>;
}
