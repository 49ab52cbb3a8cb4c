import type { Entries } from '../fields/entries.ts';

export type View = 'page' | 'about' | 'ops';

/** What a link says besides the entries of the case. */
export interface Settings {
  /** Of 100 people who are asked here, how many have the outcome; absent: as many as in the data. */
  prevalence?: string;
  /** The entries of a case that is kept for comparison. */
  pinned?: Entries;
}

/** The state in a link: the view and the entries. Without entries, the fields have their initial values. */
export interface Link {
  view: View;
  entries?: Entries;
  settings?: Settings;
}

const lazyViews: readonly string[] = ['about', 'ops'] satisfies View[];

/** Names of settings begin like this; the name of a column that does so gets another one before it. */
const mark = '.';

/** Reads `#age=54&sex=male`, `#/about?age=54` or `#/ops`. An unknown view leads to the page. */
export function readFragment(fragment: string): Link {
  const text = fragment.replace(/^#/, '');
  const [, path = '', query = ''] = /^\/([^?]*)\??(.*)$/.exec(text) ?? [text, '', text];
  const all = [...new URLSearchParams(query)];
  const entries = entriesOf(all.filter(([name]) => !isSetting(name)));
  const settings = settingsOf(new Map(all.filter(([name]) => isSetting(name))));
  return {
    view: lazyViews.includes(path) ? (path as View) : 'page',
    ...(Object.keys(entries).length > 0 && { entries }),
    ...(Object.keys(settings).length > 0 && { settings }),
  };
}

const isSetting = (name: string): boolean => name.startsWith(mark) && !name.startsWith(mark + mark);

const entriesOf = (pairs: readonly (readonly [string, string])[]): Entries =>
  Object.fromEntries(pairs.map(([name, text]) => [name.startsWith(mark) ? name.slice(1) : name, text]));

function settingsOf(given: ReadonlyMap<string, string>): Settings {
  const [prevalence, pinned] = [given.get(`${mark}prevalence`), given.get(`${mark}pinned`)];
  return {
    ...(prevalence && { prevalence }),
    ...(pinned !== undefined && { pinned: entriesOf([...new URLSearchParams(pinned)]) }),
  };
}

/**
 * The fragment of a link; browsers never send it to a server. Empty entries are left out, except the ones in `cleared`, which would
 * otherwise start filled in.
 */
export function writeFragment(
  { view, entries = {}, settings }: Link,
  cleared: readonly string[] = [],
): string {
  const query = queryOf(entries, cleared);
  if (settings?.prevalence) query.append(`${mark}prevalence`, settings.prevalence);
  if (settings?.pinned) query.append(`${mark}pinned`, queryOf(settings.pinned).toString());
  const text = query.toString();
  if (view === 'page') return `#${text}`;
  return `#/${view}${text && `?${text}`}`;
}

function queryOf(entries: Entries, cleared: readonly string[] = []): URLSearchParams {
  const given = Object.entries(entries).filter(([name, text]) => text !== '' || cleared.includes(name));
  return new URLSearchParams(given.map(([name, text]) => [name.startsWith(mark) ? mark + name : name, text]));
}
