#!/usr/bin/env node
import { run } from './program.ts';

// An error that no command awaits, such as one in a timer.
process.on('uncaughtException', async (error) => {
  const { reportFailure } = await import('./failure.ts');
  process.exit(reportFailure(error));
});
// A pipe whose reader has ended, such as head: there is nobody to print to.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2));
