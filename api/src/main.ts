import { startLoadThread } from './serving/load-thread.ts';

/** The API alone, as its container runs it; with the argument `serve`, as Amazon SageMaker runs it. */
if (process.argv[2] === 'serve') {
  const { serveSagemaker } = await import('./server/serve-api.ts');
  await serveSagemaker();
} else {
  const loadThread = startLoadThread(); // first, so that it starts while this thread goes on
  const { serveApi } = await import('./server/serve-api.ts');
  await serveApi(loadThread);
}
