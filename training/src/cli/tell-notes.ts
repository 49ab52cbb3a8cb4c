/** Prints what was assumed about a table and what is doubtful in it, where it does not mix with the result. */
export function tellNotes(notes: readonly string[], warnings: readonly string[]): void {
  for (const note of notes) console.error(`note: ${note}`);
  for (const warning of warnings) console.error(`warning: ${warning}`);
}
