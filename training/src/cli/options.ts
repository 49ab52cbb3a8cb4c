import { Option } from 'commander';

/** Where the data package of a model is. */
export const dataOption = (): Option =>
  new Option('--data <file>', 'the data package').default('data/heart/datapackage.json');

/** Where the versions of a model are. */
export const modelsOption = (): Option =>
  new Option('--models <folder>', 'the versions of the model').env('HEARTH_MODELS').default('models/heart');
