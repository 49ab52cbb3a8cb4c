import { didYouMean, someOf } from '@hearth/artifact';
import { hasModel, listModels } from '@hearth/artifact/store';

/** Milliseconds for which a listing is used again, so that requests for unknown names do not read the folder each time. */
const fresh = 250;

/** The names of the models in a folder. */
export interface Names {
  /** @throws RegistryError, or an error of the file system */
  list(): Promise<readonly string[]>;
  /** Whether a model is called so. Only a name that can be one becomes part of a path. */
  has(name: string): Promise<boolean>;
}

export function namesIn(models: string): Names {
  let listed: Promise<readonly string[]> | undefined;
  let at = 0;
  return {
    list() {
      if (!listed || performance.now() - at > fresh) {
        at = performance.now();
        listed = listModels(models);
      }
      return listed;
    },
    has: (name) => hasModel(models, name),
  };
}

/** What to tell who asks for a model that does not exist. */
export function unknownModel(name: string, names: readonly string[]): string {
  const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
  const known = names.length === 0 ? 'none' : someOf(names.map((each) => `"${each}"`));
  return `there is no model ${shown}; there is ${known}${didYouMean(name, names)}`;
}
