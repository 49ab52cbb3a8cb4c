import { script } from '@bomb.sh/tab';
import { Argument, Command } from 'commander';

const name = 'hearth';

const about = `
Examples:
  source <(hearth completion bash)                                  # in ~/.bashrc; needs the package bash-completion
  source <(hearth completion zsh)                                   # in ~/.zshrc
  hearth completion fish > ~/.config/fish/completions/hearth.fish

It completes commands, options, versions, models and files of a command that is called hearth. In a checkout, define that first:
  hearth() { npm run -s hearth -- "$@"; }`;

export const command = (): Command =>
  new Command('completion')
    .description('Prints a script that completes the command in your shell.')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish', 'powershell']))
    .addHelpText('after', about)
    .action((shell: string) => {
      script(shell, name, name);
      // The script registers itself without it, and bash would complete no files.
      if (shell === 'bash') console.log(`complete -o default -F __${name}_complete ${name}`);
    });
