export { type TableSize, usefulThreads } from './cost.ts';
export { interruptionNote, planNotes } from './describe.ts';
export { budgetOf, choosePlan, type Effort, efforts, type Part, type Plan } from './plan.ts';
