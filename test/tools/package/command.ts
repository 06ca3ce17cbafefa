import type { Command } from 'commander';

export function declare(command: Command): void {
  command.addHelpText(
    'after',
    '\nIt takes half a minute, and packs a copy of the tree: `dist` stays as it is.',
  );
}
