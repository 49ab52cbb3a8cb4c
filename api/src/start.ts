import { startLoadThread } from './serving/load-thread.ts';

/** Page and API in one process, for `npm start`. */
const loadThread = startLoadThread(); // first, so that it starts while this thread goes on
const { servePage } = await import('./server/serve-page.ts');
await servePage(loadThread);
