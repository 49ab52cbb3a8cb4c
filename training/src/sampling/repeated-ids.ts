/** Names of columns that say whose row it is, or which rows belong together. */
const idName =
  /^(cpf|cns|matr[ií]cula|prontu[aá]rio)$|(^|[^a-z])(id|ids|uuid|guid|subject|patient|paciente|participant|participante|household|family|fam[ií]lia|cluster|strat(um|a)|pair)$/i;
const camelId = /[a-z](Id|ID)$/;
/** With fewer different values, it is rather a category. */
const fewestIds = 10;

/** Columns that by their names say whose row it is, and whose values repeat: their rows may belong together. */
export const repeatedIds = (
  columns: readonly { name: string; values: readonly unknown[] }[],
): { column: string; ids: number; rows: number }[] =>
  columns.flatMap(({ name, values }) => {
    if (!idName.test(name) && !camelId.test(name)) return [];
    const given = values.filter((value) => value !== null);
    const ids = new Set(given).size;
    return ids >= fewestIds && ids < given.length ? [{ column: name, ids, rows: given.length }] : [];
  });

/** What to do about repeated ids, in a sentence. */
export const askForGroups = ({ column, ids, rows }: { column: string; ids: number; rows: number }): string =>
  `The column "${column}" repeats: ${ids} different values in ${rows} rows. If rows of one value belong together, such as visits of a patient, name it with --group; scores look better than they are otherwise.`;
