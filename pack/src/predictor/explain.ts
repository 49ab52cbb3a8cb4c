// In a file of its own, which is loaded with the first explanation.
export { explainAnswer } from '@hearth/artifact';
