import { existsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { isFailure } from '#contract/errors.ts';
import type { Keep } from '../keepData.ts';
import type { Paths } from '../platform/paths/paths.ts';
import { StartRefusal } from '../platform/paths/StartRefusal.ts';
import { ApiClient } from './ApiClient.ts';
import { type Command, helpOf, readArguments } from './Command.ts';
import { backup } from './commands/backup.ts';
import { chat } from './commands/chat.ts';
import { convert } from './commands/convert.ts';
import { grade } from './commands/grade.ts';
import { health } from './commands/health.ts';
import { models } from './commands/models.ts';
import { restore } from './commands/restore.ts';
import { translate } from './commands/translate.ts';
import { users } from './commands/users.ts';
import { connect, isRunning, type OwnApp } from './connect.ts';
import { Ended, type ExitCode, exitCodeOf, exitCodes, usageError } from './exitCodes.ts';
import { keepByApp } from './keepByApp.ts';
import { Terminal } from './Terminal.ts';
import { failureWords } from './words.ts';

const commands: readonly Command[] = [models, chat, convert, grade, translate, users, backup, restore, health];

const overview = `homeroom COMMAND [OPTIONS]

  serve       serves Homeroom to browsers on this machine, until Ctrl-C
${commands.map(({ name, summary }) => `  ${name.padEnd(11)} ${summary}`).join('\n')}

"homeroom COMMAND --help" tells what each takes. A command asks the Homeroom that runs on the data folder, or starts its own for as long as it
takes. It ends with 0: done, 1: refused or failed, 2: not understood, 3: not reachable, 4: not allowed, 5: not found, 6: not enough tokens,
7: too much at once, 130: Ctrl-C.`;

/** What the command line has around it. */
export interface Surroundings {
	stdin: Readable & { isTTY?: boolean };
	stdout: Writable & { isTTY?: boolean; columns?: number };
	stderr: Writable & { isTTY?: boolean; columns?: number };
	env: NodeJS.ProcessEnv;
	/** Aborts at Ctrl-C. */
	signal: AbortSignal;
	/** The places of the app for a data folder; undefined: the platform's own. */
	paths(dataFolder: string | undefined): Paths;
	/** What backs up and restores where no Homeroom runs. */
	keepData(paths: Paths): Promise<Keep>;
	/** The app, to be started by this process. */
	ownApp(paths: Paths): OwnApp;
}

/** Runs one command, and gives what the process is to end with. Never throws. */
export async function runCommand([name, ...args]: string[], around: Surroundings): Promise<ExitCode> {
	const terminal = new Terminal({ isJson: args.includes('--json'), out: around.stdout, beside: around.stderr });
	let close = async () => {};
	try {
		if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
			around.stdout.write(`${overview}\n`);
			return name === undefined ? exitCodes.usage : exitCodes.done;
		}
		const command = commands.find((each) => each.name === name);
		if (!command) throw usageError(`There is no command "${name}". homeroom --help lists those that there are.`);
		const { given, words } = readArguments(command, args);
		if (given.is('help')) {
			around.stdout.write(`${helpOf(command)}\n`);
			return exitCodes.done;
		}
		const { HOMEROOM_URL, HOMEROOM_KEY } = around.env;
		if (command.isOnFolder) refuseElsewhere(command.name, around.env);
		const wanted = { url: given.text('url') ?? HOMEROOM_URL, key: given.text('key') ?? HOMEROOM_KEY };
		const places = () => {
			const folder = given.text('data');
			// A restore may be the first that comes to a folder; all else would find nothing in a new one.
			if (folder !== undefined && command !== restore && !existsSync(folder))
				throw new Ended(exitCodes.notFound, 'FILE_NOT_FOUND', `There is no such folder: ${folder}.`, { path: folder });
			return around.paths(folder);
		};
		const client = async () => {
			const connected = await connect(wanted, places, { open: () => around.ownApp(places()).open() }, (sentence) => terminal.say(sentence));
			close = connected.close;
			return new ApiClient(connected.access, around.signal);
		};
		const keep = async () => {
			const paths = places();
			const own = await around.keepData(paths);
			if (!isRunning(paths.data)) return own;
			const byApp = await keepByApp(paths.localDoor, own.look);
			close = byApp.close;
			return byApp.keep;
		};
		await command.run({ words, given, client, keep, terminal, stdin: around.stdin, env: around.env, signal: around.signal });
		return exitCodes.done;
	} catch (error) {
		return complain(error, terminal, around.signal);
	} finally {
		await close().catch((error: unknown) => terminal.complain({ error: 'INTERNAL' }, `Homeroom could not close in order: ${String(error)}`));
	}
}

/** Whoever works on the data folder itself works on all of it, whoever is named in the environment. */
function refuseElsewhere(name: string, { HOMEROOM_URL, HOMEROOM_KEY }: NodeJS.ProcessEnv): void {
	if (HOMEROOM_URL !== undefined)
		throw usageError(`${name} works on the data folder of this machine, and HOMEROOM_URL names another Homeroom. Run it there, or unset HOMEROOM_URL.`);
	if (HOMEROOM_KEY !== undefined)
		throw usageError(`${name} works on the data of everybody, whoever HOMEROOM_KEY is of. Unset HOMEROOM_KEY to do it as this user of the machine.`);
}

function complain(error: unknown, terminal: Terminal, signal: AbortSignal): ExitCode {
	if (signal.aborted) {
		terminal.complain({ error: 'INTERRUPTED' }, 'Stopped.');
		return exitCodes.interrupted;
	}
	const ended = asEnded(error);
	terminal.complain({ error: ended.code, message: ended.message, details: ended.details }, ended.message);
	return ended.exitCode;
}

function asEnded(error: unknown): Ended {
	if (error instanceof Ended) return error;
	if (isFailure(error)) return new Ended(exitCodeOf(error.status), error.code, failureWords(error.code, error.data, error.message), { ...error.data });
	if (error instanceof StartRefusal) return new Ended(exitCodes.unreachable, error.reason, error.message);
	return new Ended(exitCodes.failed, 'INTERNAL', `Something went wrong: ${error instanceof Error ? error.message : String(error)}`);
}
