import { afterEach, vi } from 'vitest';
import { run } from '../src/cli/program.ts';

/** Runs commands in this process and captures what they print. */
export function useCommandLine() {
  const said = { printed: '', complained: '' };
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });
  return {
    said,
    async hearth(...args: string[]): Promise<number> {
      said.printed = '';
      said.complained = '';
      vi.spyOn(console, 'log').mockImplementation((line) => {
        said.printed += `${line}\n`;
      });
      vi.spyOn(console, 'error').mockImplementation((line) => {
        said.complained += `${line}\n`;
      });
      vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
        said.printed += text;
        return true;
      });
      vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
        said.complained += text;
        return true;
      });
      return run(args);
    },
  };
}
