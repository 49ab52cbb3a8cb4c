import type { Plugin } from 'vite';

/** Writes `site.json` for the static server: the API's origin, if it is not the page's own. */
export function siteFile(): Plugin {
  let apiUrl: string | undefined;
  return {
    name: 'site-file',
    apply: 'build',
    configResolved(config) {
      apiUrl = config.env.VITE_API_URL;
    },
    generateBundle() {
      const site = apiUrl ? { apiOrigin: originOf(apiUrl) } : {};
      this.emitFile({ type: 'asset', fileName: 'site.json', source: JSON.stringify(site) });
    },
  };
}

function originOf(apiUrl: string): string {
  const url = URL.parse(apiUrl);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new Error(`VITE_API_URL is "${apiUrl}"; give an absolute address, such as https://api.example.org`);
  }
  return url.origin;
}
