export function EmailPage() {
  return <main />;
}
