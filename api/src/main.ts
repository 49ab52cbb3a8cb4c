import { startLoadThread } from './serving/load-thread.ts';

/** The API alone, as its container runs it; with the argument `serve`, as Amazon SageMaker runs it. */
const isSagemaker = process.argv[2] === 'serve';
const loadThread = isSagemaker ? undefined : startLoadThread(); // first of all: it starts while this one goes on
const { serveApi } = await import('./serve-api.ts');
await serveApi(loadThread);
