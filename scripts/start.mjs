import { buildPage } from './page.mjs';
import { runServer, setUpServer } from './run-server.mjs';

const runtime = setUpServer();
buildPage(runtime);
runServer(runtime, 'api/src/start.ts');
