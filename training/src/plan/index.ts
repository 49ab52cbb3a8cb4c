export { type TableSize, usefulThreads } from './cost.ts';
export { planNotes } from './describe.ts';
export { budgetOf, choosePlan, type Effort, efforts, type Part, type Plan } from './plan.ts';
