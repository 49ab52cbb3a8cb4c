import type { TestProject } from 'vitest/node';
import { copyProject } from './project.ts';
import { findPlace, type Place, startStack } from './stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the services run that all container tests share. A test file restores their state, except models/. */
    place: Place;
  }
}

/** Starts the services once for all container tests. @returns a function that stops them */
export async function startOnce(project: TestProject, imageTag: string): Promise<() => Promise<void>> {
  const copy = await copyProject();
  const place = await findPlace(imageTag, copy.folder);
  const stack = await startStack(place);
  project.provide('place', place);
  return async () => {
    await stack.down();
    await copy.remove();
  };
}
