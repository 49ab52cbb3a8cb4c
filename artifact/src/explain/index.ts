export { globalImportance } from './importance.ts';
export { createExplainer, type Explainer } from './shap.ts';
