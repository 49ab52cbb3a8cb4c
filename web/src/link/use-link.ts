import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Link, readFragment, writeFragment } from './fragment.ts';

/** Milliseconds without change after which an entry becomes a step of the history. */
const settle = 500;

export interface LinkState {
  link: Link;
  /** Shows the link at once; the address follows once the entries stop changing. */
  change(link: Link, cleared: readonly string[]): void;
}

/** Synchronises the address and the page, in both directions. */
export function useLink(): LinkState {
  const [link, setLink] = useState(() => readFragment(location.hash));
  const address = useMemo(createAddress, []);

  useEffect(() => {
    const follow = () => {
      address.forget();
      setLink(readFragment(location.hash));
    };
    // A pending step is written before a click or a page change can replace the address.
    window.addEventListener('click', address.write, true);
    window.addEventListener('pagehide', address.write);
    window.addEventListener('popstate', follow);
    return () => {
      window.removeEventListener('click', address.write, true);
      window.removeEventListener('pagehide', address.write);
      window.removeEventListener('popstate', follow);
    };
  }, [address]);

  return {
    link,
    change(next, cleared) {
      setLink(next);
      address.writeSoon(writeFragment(next, cleared));
    },
  };
}

function createAddress() {
  let next: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = () => {
    clearTimeout(timer);
    next = undefined;
  };
  const write = () => {
    if (next !== undefined && next !== (location.hash || '#')) history.pushState(null, '', next);
    forget();
  };
  return {
    forget,
    write,
    writeSoon(fragment: string) {
      forget();
      next = fragment;
      timer = setTimeout(write, settle);
    },
  };
}
