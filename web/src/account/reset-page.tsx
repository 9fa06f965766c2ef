export function ResetPage() {
  return <main />;
}
