import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded into the server before it starts (node --import): reports to the parent process how long its event loop was blocked. */
const resolution = 1;
const delay = monitorEventLoopDelay({ resolution });
delay.enable();
process.on('message', (message) => {
  if (message === 'reset') delay.reset();
  else process.send?.({ longestStall: Math.max(0, delay.max / 1e6 - resolution) });
});
process.on('disconnect', () => process.exit()); // the parent process has ended
process.channel?.unref();
