import type { TestProject } from 'vitest/node';
import { docker, run } from '../docker.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The tag of `hearth-api`, `hearth-web` and `hearth` as built from this checkout. */
    imageTag: string;
    /** The commit that they were built from. */
    revision: string;
  }
}

/** Builds the images once for all container tests. @returns what removes them */
export default async function buildOnce(project: TestProject): Promise<() => Promise<void>> {
  const tag = `test-${process.pid}`;
  const revision = await run('git', ['rev-parse', 'HEAD']);
  await run('deploy/images/build.sh', [tag, '--quiet']);
  project.provide('imageTag', tag);
  project.provide('revision', revision);
  return async () => {
    await docker('rmi', '--force', `hearth-api:${tag}`, `hearth-web:${tag}`, `hearth:${tag}`);
  };
}
