import { type FSWatcher, watch } from 'node:fs';
import { fileSignature } from './signature.ts';

/** Events come in bursts: a look waits until one is over. In milliseconds. */
const settling = 20;

export interface Watch {
  /** Looks now; resolves when it has. */
  look(): Promise<void>;
  close(): void;
}

/**
 * Calls `look` whenever something may have changed in a folder: upon the system's events, and every `pollEvery` milliseconds,
 * because network and container mounts may send none. Never calls it twice at a time.
 *
 * @param folder path, which need not exist yet, and can be told later
 * @param blind is called once when the system cannot send events
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

/** The system's events of a folder, which may come, go and be replaced. */
function eventSource(changed: () => void, blind: (error: Error) => void) {
  let watcher: FSWatcher | undefined;
  let followed = '';
  let blindness = '';

  function fail(error: NodeJS.ErrnoException): void {
    watcher?.close();
    watcher = undefined;
    if (error.code === 'ENOENT' || error.message === blindness) return; // a folder that is not there yet will be
    blindness = error.message;
    blind(error);
  }

  return {
    /** @returns whether the folder is another one than before: what happened to it until now was not seen */
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
