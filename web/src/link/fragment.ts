import type { Entries } from '../fields/entries.ts';

export type View = 'page' | 'about' | 'ops';

/** The state in a link: the view and the entries. Without entries, the fields have their initial values. */
export interface Link {
  view: View;
  entries?: Entries;
}

const lazyViews: readonly string[] = ['about', 'ops'] satisfies View[];

/** Reads `#age=54&sex=male`, `#/about?age=54` or `#/ops`. An unknown view leads to the page. */
export function readFragment(fragment: string): Link {
  const text = fragment.replace(/^#/, '');
  const [, path = '', query = ''] = /^\/([^?]*)\??(.*)$/.exec(text) ?? [text, '', text];
  const entries = Object.fromEntries(new URLSearchParams(query));
  return {
    view: lazyViews.includes(path) ? (path as View) : 'page',
    ...(Object.keys(entries).length > 0 && { entries }),
  };
}

/**
 * The fragment of a link; browsers never send it to a server. Empty entries are left out, except the ones in `cleared`, which would
 * otherwise start filled in.
 */
export function writeFragment({ view, entries = {} }: Link, cleared: readonly string[] = []): string {
  const query = new URLSearchParams(
    Object.entries(entries).filter(([name, text]) => text !== '' || cleared.includes(name)),
  ).toString();
  if (view === 'page') return `#${query}`;
  return `#/${view}${query && `?${query}`}`;
}
