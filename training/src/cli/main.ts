#!/usr/bin/env node
import { describeFailure } from './failure.ts';
import { run } from './program.ts';

// what fails where nobody waits for it, such as in a timer
process.on('uncaughtException', (error) => {
  process.stderr.write(`hearth: ${describeFailure(error)}\n`);
  process.exit(1);
});
// the reader of a pipe, such as head, has seen enough
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2));
