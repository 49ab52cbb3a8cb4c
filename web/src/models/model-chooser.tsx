import { chosen, fetchModels } from '../api.ts';
import { useLocale } from '../locale.ts';
import { useLatest } from '../use-latest.ts';
import { pageOf } from './chosen.ts';

/** The models of the server, where it has several. Another one has other columns, so that its page begins anew. */
export function ModelChooser() {
  const { messages } = useLocale();
  const { reply: models = [] } = useLatest(fetchModels, 'models');
  if (models.length < 2) return null;
  const own = chosen ?? models.find((each) => each.default)?.name;
  return (
    <select
      class="models"
      aria-label={messages.chooseModel}
      value={own}
      onChange={({ currentTarget: { value } }) =>
        location.assign(
          pageOf(
            value,
            models.some((each) => each.default && each.name === value),
          ),
        )
      }
    >
      {models.map(({ name, state }) => (
        <option key={name} value={name} disabled={state === 'down' && name !== own}>
          {name}
        </option>
      ))}
    </select>
  );
}
