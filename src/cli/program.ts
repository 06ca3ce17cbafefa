import { Command } from 'commander';
import { type AnswerOptions, declareCompletion, declareCompletionAnswer } from './completion/command.js';
import { declareConsole } from './console/command.js';
import { declareDemo } from './demo/command.js';
import { declareDoctor } from './doctor/command.js';
import { declareInfo } from './info/command.js';
import type { Launch } from './invocation.js';
import { addGlobalOptions, addPortOptions } from './options/global-options.js';
import { declareOutbox } from './outbox/command.js';
import { declarePorts } from './ports/command.js';
import { declareProfiles } from './profiles/command.js';
import { declareProvision } from './provision/command.js';
import { declarePub } from './pub/command.js';
import { declareSim } from './sim/command.js';
import { declareSub } from './sub/command.js';
import { declareReplay, declareTrace } from './trace/command.js';
import { packageVersion } from './version.js';

const EXAMPLES = `
Examples:
  atmqtt demo
  atmqtt ports
  atmqtt -p /dev/ttyUSB0 info
  atmqtt pub -p /dev/ttyUSB0 -b mqtt://broker.example -t up/meter-7 -m 21.5 -q 1
  atmqtt sub -p tcp://192.0.2.7:4001 -b mqtt://broker.example -t 'cmd/#' -v

Exit codes:
  0 done   1 other failure   2 usage   3 port cannot be opened   4 module does not answer
  5 SIM or network   6 broker unreachable or refused   7 time limit (-W) reached   129, 130, 143 ended by SIGHUP,
  Ctrl-C, SIGTERM; a command that runs until it is stopped ends with 0 at SIGTERM`;

/** The command line with all its commands; a failure of usage throws a `CommanderError`, nothing is written then. */
export function createProgram(launch: Launch): Command {
  const program = new Command('atmqtt')
    .description('MQTT through the stack inside a cellular module, driven with AT commands')
    .version(packageVersion(), '-V, --version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addHelpText('after', EXAMPLES);
  addGlobalOptions(addPortOptions(program));
  launch(declarePorts(program), () => import('./ports/run.js'));
  launch(declareInfo(program), () => import('./info/run.js'));
  launch(declareDoctor(program), () => import('./doctor/run.js'));
  launch(declarePub(program), () => import('./pub/run.js'));
  launch(declareSub(program), () => import('./sub/run.js'));
  launch(declareConsole(program), () => import('./console/run.js'));
  launch(declareOutbox(program), () => import('./outbox/run.js'));
  declareProvision(program, launch);
  launch(declareSim(program), () => import('./sim/run.js'));
  launch(declareReplay(program), async () => ({ run: (await import('./trace/run.js')).runReplay }));
  launch(declareTrace(program), () => import('./trace/run.js'));
  launch(declareDemo(program), () => import('./demo/run.js'));
  launch(declareProfiles(program), () => import('./profiles/run.js'));
  launch(declareCompletion(program), () => import('./completion/run.js'));
  launch<AnswerOptions>(declareCompletionAnswer(program), async () => {
    const { answerFor } = await import('./completion/answer.js');
    return { run: answerFor(program) };
  });
  return program;
}
