import type { TestProject } from 'vitest/node';
import { docker, dockerEnvironment, run } from '../docker.ts';
import { copyProject, findPlace, type Place, startStack } from '../stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The tag of `hearth-api`, `hearth-web` and `hearth` that were built from this checkout. */
    imageTag: string;
    /** The commit that they were built from. */
    revision: string;
    /** Where the services run that all container tests share. A test file restores their state, except models/. */
    place: Place;
  }
}

/** Builds the three images in parallel: they share the layers before the bundling. */
export async function buildImages(tag: string): Promise<void> {
  const build = (name: string) =>
    run('deploy/images/build.sh', [tag, '--quiet'], { ...dockerEnvironment, ONLY: name });
  await Promise.all(['hearth-api', 'hearth-web', 'hearth'].map(build));
}

/** Removes the images of `buildImages`, and images made from them with tags TAG-…. */
export async function removeImages(tag: string): Promise<void> {
  const images = await docker('images', '--format', '{{.Repository}}:{{.Tag}}');
  const own = images.split('\n').filter((image) => `${image}-`.includes(`:${tag}-`));
  if (own.length > 0) await docker('rmi', '--force', ...own);
}

/** Builds the images and starts the services once for all container tests. @returns a function that removes both */
export default async function buildOnce(project: TestProject): Promise<() => Promise<void>> {
  const tag = `test-${process.pid}`;
  try {
    await buildImages(tag);
    project.provide('imageTag', tag);
    project.provide('revision', await run('git', ['rev-parse', 'HEAD']));
    const end = await startOnce(project, tag);
    return () => end().finally(() => removeImages(tag));
  } catch (error) {
    await removeImages(tag);
    throw error;
  }
}

/** Starts the services once for all container tests. @returns a function that stops them */
async function startOnce(project: TestProject, imageTag: string): Promise<() => Promise<void>> {
  const copy = await copyProject();
  const place = await findPlace(imageTag, copy.folder);
  const stack = await startStack(place);
  project.provide('place', place);
  return async () => {
    await stack.down();
    await copy.remove();
  };
}
