import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A marketer's own pages, on every host that leads here. */
export class Site {
  private readonly pages = new Map<string, string>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Site> {
    const site = new Site(
      createServer((request, response) => {
        const path = new URL(request.url ?? '/', 'http://site').pathname;
        // Cookies and storage throw in such a page.
        if (path.startsWith('/sandboxed')) response.setHeader('content-security-policy', 'sandbox allow-scripts');
        response.setHeader('content-type', 'text/html; charset=utf-8').end(site.pages.get(path) ?? '');
      }),
    );
    await new Promise<void>((resolve) => site.server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  /** Adds a page, which gathers its errors in `errors`, and gives its path. */
  page(html: string, kind: 'page' | 'sandboxed' = 'page'): string {
    const path = `/${kind}${this.pages.size}`;
    const watch = '<script>var errors=[];addEventListener("error",function(e){errors.push(e.message)})</script>';
    this.pages.set(path, `<!doctype html><title>Brand</title>${watch}${html}`);
    return path;
  }

  url(host: string, path: string): string {
    return `http://${host}:${(this.server.address() as AddressInfo).port}${path}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
