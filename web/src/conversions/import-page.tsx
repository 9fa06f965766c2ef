import { Page } from '../ui/layout/page';

export function ImportPage() {
  return <Page title="Import conversions">{null}</Page>;
}
