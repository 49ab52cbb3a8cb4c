import { startLoadThread } from './serving/load-thread.ts';

/** Page and API in one process, for `npm start`. */
const loadThread = startLoadThread(); // first of all: it starts while this one goes on
const { servePage } = await import('./server/serve-page.ts');
await servePage(loadThread);
