import { type FSWatcher, watch } from 'node:fs';
import { fileSignature } from './signature.ts';

/** Events come in bursts: wait this long after the last one, in milliseconds. */
const settling = 20;

export interface Watch {
  /** Looks now; resolves when done. */
  look(): Promise<void>;
  close(): void;
}

/**
 * Calls `look` whenever something may have changed in a folder: on file events, and every `pollEvery` milliseconds, because network and
 * container mounts may send no events. Calls never overlap.
 *
 * @param folder returns the path, which need not exist yet; undefined while it is not known
 * @param blind is called once if the system cannot send events
 */
export function watchFolder(
  folder: () => string | undefined,
  look: () => Promise<void>,
  { pollEvery, blind }: { pollEvery: number; blind: (error: Error) => void },
): Watch {
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let again = false;
  let closed = false;
  const source = eventSource(() => after(settling), blind);

  function after(milliseconds: number): void {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(() => void lookInTurn(), milliseconds).unref();
  }

  function lookInTurn(): Promise<void> {
    again = true;
    looking ??= lookUntilQuiet().finally(() => {
      looking = undefined;
      after(pollEvery);
    });
    return looking;
  }

  async function lookUntilQuiet(): Promise<void> {
    while (again && !closed) {
      again = false;
      await look();
      const path = folder();
      if (path !== undefined && !closed && (await source.follow(path))) again = true;
    }
  }

  return {
    look: lookInTurn,
    close() {
      closed = true;
      clearTimeout(timer);
      source.close();
    },
  };
}

/** File events of a folder that may be created, removed or replaced. */
function eventSource(changed: () => void, blind: (error: Error) => void) {
  let watcher: FSWatcher | undefined;
  let followed = '';
  let blindness = '';

  function fail(error: NodeJS.ErrnoException): void {
    watcher?.close();
    watcher = undefined;
    if (error.code === 'ENOENT' || error.message === blindness) return; // the folder may be created later
    blindness = error.message;
    blind(error);
  }

  return {
    /** @returns whether the folder is a new one, whose changes until now sent no events */
    async follow(path: string): Promise<boolean> {
      const folder = `${path} ${(await fileSignature(path)).split(' ')[0]}`;
      if (watcher && folder === followed) return false;
      watcher?.close();
      followed = folder;
      try {
        watcher = watch(path, { persistent: false }, changed).on('error', fail);
        return true;
      } catch (error) {
        fail(error as NodeJS.ErrnoException);
        return false;
      }
    },
    close: () => watcher?.close(),
  };
}
