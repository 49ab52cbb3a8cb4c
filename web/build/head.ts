import type { Plugin } from 'vite';

/**
 * Completes the head of the page from the settings of the build: the model's description is fetched beside the script and not
 * after it, and the social preview gets the whole address that its readers want, where VITE_SITE_URL says what it is.
 */
export function head(): Plugin {
  let api = '';
  let site: string | undefined;
  return {
    name: 'head',
    configResolved({ env }) {
      api = (env.VITE_API_URL ?? '').replace(/\/$/, '');
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
