import { type SmallModels, smallModelOf } from '@hearth/training/testing';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Visit } from './chromium.ts';
import { committedModels, type RunningServer, startHearth } from './servers.ts';
import { visitors } from './visitors.ts';

/** What every test of the page needs; started before the first test and stopped after the last. */
export interface Stage {
  readonly browser: Browser;
  readonly hearth: RunningServer;
  readonly models: string;
  /** Opens the page as a new visitor, in a window that an earlier test may have used. */
  visit(fragment?: string, options?: BrowserContextOptions): Promise<Visit>;
  /** Opens an address in a new window: `Visitors.visitAnew`. */
  visitAnew(url: string, options?: BrowserContextOptions): Promise<Visit>;
}

/** A folder of models for a test. */
type Models = Pick<SmallModels, 'folder' | 'remove'>;

/** A browser, and Hearth with a small model of all columns of a data package, with made models, or with the committed ones. */
export function stageWith(data?: string | (() => Promise<Models>)): Stage {
  const guests = visitors();
  let hearth: RunningServer;
  let small: Models | undefined;

  beforeAll(async () => {
    small = await (typeof data === 'string' ? smallModelOf(data) : data?.());
    hearth = await startHearth(small?.folder);
  });
  afterAll(async () => {
    await hearth?.stop();
    await small?.remove();
  });

  return {
    get browser() {
      return guests.browser;
    },
    get hearth() {
      return hearth;
    },
    get models() {
      return small?.folder ?? committedModels;
    },
    visit: (fragment = '', options = {}) => guests.visit(`${hearth.url}/${fragment}`, options),
    visitAnew: guests.visitAnew,
  };
}
