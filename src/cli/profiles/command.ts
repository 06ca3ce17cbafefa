import { Argument, type Command } from 'commander';
import { addGlobalOptions, type GlobalOptions } from '../options/global-options.js';

const ACTIONS = ['list', 'show', 'delete'] as const;

export interface ProfilesOptions extends GlobalOptions {
  readonly action: (typeof ACTIONS)[number];
  readonly name?: string;
}

const EXAMPLES = `
Examples:
  atmqtt info -p /dev/ttyUSB0 --save bench
  atmqtt pub --profile bench -b mqtt://broker.example -i meter-7 -t up/meter-7 -m 21.5 --save meter
  atmqtt sub --profile meter -t 'cmd/#'
  atmqtt profiles
  atmqtt profiles show meter
  atmqtt profiles delete meter

A profile keeps where module and broker are, and how to connect: what stands on the command line beside --save, and on
top of the --profile that is used with it. What is typed wins over the environment (ATMQTT_PORT, ATMQTT_BROKER,
ATMQTT_USERNAME, ATMQTT_PASSWORD), the environment over the profile, the profile over the defaults. Passwords are left
out unless --save-secrets is given, which takes that of the environment too. Each profile is a file that only its owner
can read, $XDG_CONFIG_HOME/atmqtt/profiles/<name>.json; XDG_CONFIG_HOME is ~/.config if it is not set.`;

export function declareProfiles(program: Command): Command {
  const command = program
    .command('profiles')
    .description('list, show or delete what --save has stored')
    .addArgument(
      new Argument('[action]', 'list the profiles, show one, delete one').choices(ACTIONS).default('list'),
    )
    .argument('[name]', 'name of the profile')
    .addHelpText('after', EXAMPLES);
  return addGlobalOptions(command);
}
