import { Page } from '../ui/layout/page';

export function ConversionPage() {
  return <Page title="Conversion">{null}</Page>;
}
