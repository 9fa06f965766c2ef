/** `Go.Brand.com:443` → `go.brand.com` */
export function hostnameOf(host: string): string {
  const end = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':');
  const name = end > 0 ? host.slice(0, end) : host;
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
}
