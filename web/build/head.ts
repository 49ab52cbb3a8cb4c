import type { Plugin } from 'vite';

/**
 * Completes the head of the page from VITE_API_URL and VITE_SITE_URL: the model's description is fetched in parallel with the script,
 * and the social preview gets the absolute address that it needs, if VITE_SITE_URL is set.
 */
export function head(): Plugin {
  let api = '.';
  let site: string | undefined;
  return {
    name: 'head',
    configResolved({ env }) {
      api = (env.VITE_API_URL ?? '.').replace(/\/$/, '');
      site = env.VITE_SITE_URL?.replace(/\/$/, '');
    },
    transformIndexHtml(html) {
      const attrs = { rel: 'preload', as: 'fetch', href: `${api}/model`, crossorigin: 'anonymous' };
      return {
        html: site
          ? html.replace('content="/social-preview.png"', `content="${site}/social-preview.png"`)
          : html,
        tags: [{ tag: 'link', attrs, injectTo: 'head' }],
      };
    },
  };
}
