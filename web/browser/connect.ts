import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

let connection: Promise<Browser> | undefined;

/** The connection of this worker to the Chromium that all test files share; it ends with the worker. */
export function connectChromium(): Promise<Browser> {
  connection ??= chromium.connect(inject('chromium'));
  return connection;
}
