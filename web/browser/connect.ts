import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** Connects to the Chromium that all test files share. Pages belong to the connection and are closed with it. */
export const connectChromium = (): Promise<Browser> => chromium.connect(inject('chromium'));
