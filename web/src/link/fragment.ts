import type { Entries } from '../fields/entries.ts';

export type View = 'page' | 'about' | 'ops';

/** Where a person is: which view, and what stands in the fields; undefined entries are the model's own beginning. */
export interface Link {
  view: View;
  entries?: Entries;
}

const lazyViews: readonly string[] = ['about', 'ops'] satisfies View[];

/** Reads `#age=54&sex=male`, `#/about?age=54` or `#/ops`. A view that there is not is the page. */
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
 * The fragment of a link; a fragment never reaches a server or its log. Entries without text are left out, except those that
 * are named as cleared: a link says what is given, and that what is usually filled in was taken away.
 */
export function writeFragment({ view, entries = {} }: Link, cleared: readonly string[] = []): string {
  const query = new URLSearchParams(
    Object.entries(entries).filter(([name, text]) => text !== '' || cleared.includes(name)),
  ).toString();
  if (view === 'page') return `#${query}`;
  return `#/${view}${query && `?${query}`}`;
}
