import { constants, enableCompileCache } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

/** Until what runs by the second, or after garbage was collected, has run once on any machine; in milliseconds. */
const settling = 2500;

const [folder, main] = process.argv.splice(2);
setFlagsFromString('--hash-seed=0'); // too late for the hashes, but V8 takes only what was compiled with its own flags
process.env.NODE_COMPILE_CACHE = folder; // for the thread that loads models
const { status, message } = enableCompileCache(folder);
if (status !== constants.compileCacheStatus.ENABLED) throw new Error(`nothing is kept: ${message}`);
await import(pathToFileURL(main).href);
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/predict`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{}',
});
await answer.text(); // a refusal where no model is in production
await wait(settling);
process.kill(process.pid, 'SIGTERM');
