import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded into the server before it starts (node --import): tells who started it how long its event loop stood still. */
const resolution = 1;
const delay = monitorEventLoopDelay({ resolution });
delay.enable();
process.on('message', (message) => {
  if (message === 'reset') delay.reset();
  else process.send?.({ longestStall: Math.max(0, delay.max / 1e6 - resolution) });
});
process.on('disconnect', () => process.exit()); // whoever started it is gone
process.channel?.unref();
