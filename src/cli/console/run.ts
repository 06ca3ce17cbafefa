import { onAbort } from '../../util/abort.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { requirePort } from '../port.js';
import { noPaint } from '../terminal.js';
import { startTracing } from '../tracing.js';
import type { ConsoleOptions } from './command.js';
import { ConsoleCore } from './console-core.js';
import { Macros, stateFile } from './kept.js';
import { LoggedView, SessionLog, TraceSwitch } from './logs.js';
import { MqttDriver } from './mqtt-driver.js';
import { runPipe } from './pipe.js';
import { loadScript, scriptHost, stepLine, stepRecord } from './script/run-script.js';
import { ScriptRunner } from './script/script-runner.js';
import type { Statement } from './script/statements.js';
import { Session } from './session.js';
import { canEdit, runTerminal } from './terminal/run-terminal.js';
import { JsonView, TextView, TimeStamps, type View } from './view.js';

export async function run(options: ConsoleOptions, invocation: Invocation): Promise<ExitCode> {
  // A fault in it is told before the port is opened.
  const script = options.script === undefined ? undefined : loadScript(options.script);
  const port = await requirePort(options);
  const { log, signal } = invocation;
  const { trace, traceSecrets, close } = startTracing({ ...options, port }, log);
  const traceSwitch = new TraceSwitch(!traceSecrets, (text) => log.note(text));
  const sessionLog = new SessionLog((text) => log.note(text));
  const session = new Session(port, {
    trace: (entry) => {
      trace?.(entry);
      traceSwitch.record(entry);
    },
    traceSecrets,
  });
  const { startTimeout } = options;
  const mqtt = new MqttDriver(session, startTimeout === undefined ? {} : { startTimeout });
  const quitting = new AbortController();
  const over = AbortSignal.any([signal, quitting.signal]);
  const shared = {
    session,
    mqtt,
    trace: traceSwitch,
    log: sessionLog,
    macros: new Macros(stateFile('macros.json')),
    connection: { ...options, port },
    quit: () => quitting.abort(),
  };
  try {
    await session.open(signal);
    if (script !== undefined) return await scriptOnly(script, options, invocation, shared, over);
    if (canEdit(options)) return await runTerminal(shared, over);
    return await pipeOnly(options, invocation, shared, over);
  } finally {
    await mqtt.disconnect(signal.aborted);
    await session.close();
    traceSwitch.stop();
    sessionLog.stop();
    close();
  }
}

type Shared = Omit<ConsoleCore['context'], 'view' | 'look' | 'submit' | 'submitDot' | 'stopping'>;

/** Shows what happens line by line, without time stamps and colours. */
function plainCore(shared: Shared, view: (look: { hex: boolean; stamps: TimeStamps }) => View): ConsoleCore {
  const look = { hex: false, stamps: new TimeStamps('off') };
  return new ConsoleCore(
    { ...shared, look, view: new LoggedView(view(look), shared.log) },
    { unattended: true },
  );
}

async function pipeOnly(
  { json = false }: ConsoleOptions,
  { input, output }: Invocation,
  shared: Shared,
  over: AbortSignal,
): Promise<ExitCode> {
  const print = (lines: readonly string[]) => void output.write(lines.map((line) => `${line}\n`).join(''));
  const core = plainCore(shared, (look) => (json ? new JsonView(print) : new TextView(print, noPaint, look)));
  const { session, view } = core.context;
  session.on('item', (item) => view.item(item));
  session.on('note', (text, kind) => view.note(text, kind));
  return runPipe(core, input(), over);
}

async function scriptOnly(
  script: readonly Statement[],
  { json = false }: ConsoleOptions,
  { output, log }: Invocation,
  shared: Shared,
  over: AbortSignal,
): Promise<ExitCode> {
  const print = (lines: readonly string[]) => {
    for (const line of lines) log.note(line);
  };
  const core = plainCore(shared, (look) => new TextView(print, noPaint, look));
  const { session } = core.context;
  session.on('note', (text) => log.note(text));
  const counts = { passed: 0, failed: 0 };
  const report = (result: Parameters<typeof stepLine>[0]) => {
    counts[result.passed ? 'passed' : 'failed'] += 1;
    void (json ? output.json(stepRecord(result)) : output.line(stepLine(result)));
  };
  const forget = onAbort(over, () => void core.giveUp());
  const passed = await new ScriptRunner(scriptHost(core.context), report, over).run(script).finally(forget);
  await (json ? output.json({ ...counts }) : output.line(`${counts.passed} passed, ${counts.failed} failed`));
  // `.quit` ends a script before its time, but does not fail it.
  return passed || (over.aborted && counts.failed === 0) ? EXIT.DONE : EXIT.FAILED;
}
