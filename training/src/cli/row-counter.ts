const everyMs = { terminal: 500, log: 10_000 };

/** Counts rows of long work: on one line of a terminal, or in a log every ten seconds. Short work shows nothing. */
export function rowCounter(out: NodeJS.WriteStream) {
  const every = out.isTTY ? everyMs.terminal : everyMs.log;
  let shown = performance.now();
  let hasLine = false;
  return {
    show(rows: number): void {
      if (performance.now() - shown < every) return;
      shown = performance.now();
      const text = `${rows.toLocaleString('en')} rows`;
      if (!out.isTTY) return void out.write(`${text}\n`);
      out.cursorTo(0);
      out.write(text);
      hasLine = true;
    },
    end(): void {
      if (hasLine) out.write('\n');
    },
  };
}
