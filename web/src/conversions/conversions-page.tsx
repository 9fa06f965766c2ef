import { Page } from '../ui/layout/page';

export function ConversionsPage() {
  return <Page title="Conversions">{null}</Page>;
}
