import { Trouble } from './trouble.ts';

/** Loads a part of the page from a file of its own. @throws Trouble that passes, as when the API does not answer */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw new Trouble(navigator.onLine ? 'unreachable' : 'offline', [], { cause });
  }
}
