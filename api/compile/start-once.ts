import { constants, enableCompileCache } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

/** Long enough for timers of a second, and code after a garbage collection, to run once on any machine; in milliseconds. */
const settling = 2500;

const [folder, main] = process.argv.splice(2);
setFlagsFromString('--hash-seed=0'); // too late for the hashes, but V8 uses the cache only if its flags are the default ones
process.env.NODE_COMPILE_CACHE = folder; // for the thread that loads models
const { status, message } = enableCompileCache(folder);
if (status !== constants.compileCacheStatus.ENABLED) throw new Error(`no compile cache: ${message}`);
await import(pathToFileURL(main).href);
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/predict`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{}',
});
await answer.text(); // a refusal where no model is in production
await wait(settling);
process.kill(process.pid, 'SIGTERM');
