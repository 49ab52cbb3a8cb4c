import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { basePath } from '../server/base-path.ts';

/** A page that loads nothing from other servers. */
export function htmlPage(title: string, ...content: ElementContent[]): string {
  const head = h('head', [
    h('meta', { charset: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('title', title),
    h('link', { rel: 'stylesheet', href: `${basePath}/docs/page.css` }),
    h('script', { src: `${basePath}/docs/page.js`, type: 'module' }),
  ]);
  const page = h('html', { lang: 'en' }, [head, h('body', [h('main', [h('h1', title), ...content])])]);
  return `<!doctype html>${toHtml(page)}`;
}

type Cell = string | Element;

export const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): Element =>
  h('div.table', [
    h('table', [
      h('thead', [
        h(
          'tr',
          head.map((text) => h('th', text)),
        ),
      ]),
      h(
        'tbody',
        rows.map((cells) =>
          h(
            'tr',
            cells.map((cell) => h('td', [cell])),
          ),
        ),
      ),
    ]),
  ]);
