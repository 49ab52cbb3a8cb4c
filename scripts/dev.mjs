import { runServer, setUpServer } from './run-server.mjs';

runServer(setUpServer(), 'web/scripts/dev.ts');
