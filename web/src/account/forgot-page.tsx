export function ForgotPage() {
  return <main />;
}
