import { vi } from 'vitest';

/** Test files share workers, but not modules: neither the state nor the mocks of one reach the next. */
vi.resetModules();
