import type { TestProject } from 'vitest/node';
import { docker, run } from '../docker.ts';
import { startOnce } from '../started-once.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The tag of `hearth-api`, `hearth-web` and `hearth` as built from this checkout. */
    imageTag: string;
    /** The commit that they were built from. */
    revision: string;
  }
}

export async function buildImages(tag: string): Promise<void> {
  await run('deploy/images/build.sh', [tag, '--quiet']);
}

/** Removes what `buildImages` has built, and what was made of it under TAG-…. */
export async function removeImages(tag: string): Promise<void> {
  const images = await docker('images', '--format', '{{.Repository}}:{{.Tag}}');
  const own = images.split('\n').filter((image) => `${image}-`.includes(`:${tag}-`));
  if (own.length > 0) await docker('rmi', '--force', ...own);
}

/** Builds the images and starts the services once for all container tests. @returns what removes both */
export default async function buildOnce(project: TestProject): Promise<() => Promise<void>> {
  const tag = `test-${process.pid}`;
  const revision = await run('git', ['rev-parse', 'HEAD']);
  await buildImages(tag);
  project.provide('imageTag', tag);
  project.provide('revision', revision);
  const end = await startOnce(project, tag);
  return async () => {
    await end();
    await removeImages(tag);
  };
}
