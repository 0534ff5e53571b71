import type { Readable } from 'node:stream';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Keep } from '../keepData.ts';
import type { ApiClient } from './ApiClient.ts';
import { usageError } from './exitCodes.ts';
import type { Terminal } from './Terminal.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

/** What a command is run with. */
export interface Call {
	/** What stands behind the command's name, without options. */
	words: string[];
	given: Given;
	/** The gateway, reached or started when it is first asked for. */
	client(): Promise<ApiClient>;
	/** What backs up and restores the data folder: the Homeroom that runs on it, or this process where none does. */
	keep(): Promise<Keep>;
	env: NodeJS.ProcessEnv;
	terminal: Terminal;
	stdin: Readable & { isTTY?: boolean };
	/** Aborts at Ctrl-C. */
	signal: AbortSignal;
}

export interface Command {
	name: string;
	/** What stands behind the name, such as `MODEL [MESSAGE]`. */
	words: string;
	summary: string;
	/** Each option with what it is for; `=WORD` in the help stands for its value. */
	options: Record<string, { word?: string; help: string }>;
	/** It works on the whole data folder of this machine: no gateway can be named to it. */
	isOnFolder?: true;
	run(call: Call): Promise<void>;
}

/** The options of every command that asks a gateway. */
const gatewayOptions: Command['options'] = {
	url: { word: 'URL', help: 'the gateway to ask (HOMEROOM_URL; else the one of this data folder)' },
	key: { word: 'KEY', help: 'an API key; others on this machine may see it here, so rather set HOMEROOM_KEY' },
};

/** The options of every command. */
const commonOptions: Command['options'] = {
	json: { help: 'results as lines of JSON' },
	data: { word: 'DIR', help: "the folder that holds everything Homeroom keeps (the platform's own place for it)" },
	help: { help: 'this text' },
};

/** The options that were given, each read as what it should be. */
export class Given {
	readonly #values: Values;

	constructor(values: Values) {
		this.#values = values;
	}

	text(name: string): string | undefined {
		const value = this.#values[name];
		return typeof value === 'string' ? value : undefined;
	}

	/** Throws where it is missing. */
	need(name: string, word: string): string {
		const value = this.text(name);
		if (value === undefined) throw usageError(`--${name} ${word} is missing.`);
		return value;
	}

	/** A whole number from `least` to `most`. */
	count(name: string, least: number, most: number): number | undefined {
		return this.#number(name, /^-?\d{1,15}$/, least, most);
	}

	number(name: string, least: number, most: number): number | undefined {
		return this.#number(name, /^-?\d{1,15}(\.\d{1,15})?$/, least, most);
	}

	/** One of these words. */
	choice<const Word extends string>(name: string, words: readonly Word[]): Word | undefined {
		const value = this.text(name);
		const found = words.find((word) => word === value);
		if (value !== undefined && found === undefined) throw usageError(`--${name} takes ${words.join(', ')}, not "${value}".`);
		return found;
	}

	is(name: string): boolean {
		return this.#values[name] === true;
	}

	#number(name: string, form: RegExp, least: number, most: number): number | undefined {
		const value = this.text(name);
		if (value === undefined) return undefined;
		const number = Number(value);
		if (!form.test(value) || number < least || number > most) throw usageError(`--${name} takes a number from ${least} to ${most}, not "${value}".`);
		return number;
	}
}

function sharedOptions({ isOnFolder }: Command): Command['options'] {
	return isOnFolder ? commonOptions : { ...gatewayOptions, ...commonOptions };
}

/** Reads what was typed behind a command's name. Throws Ended. */
export function readArguments(command: Command, args: string[]): { given: Given; words: string[] } {
	const known = { ...command.options, ...sharedOptions(command) };
	const options: Options = Object.fromEntries(Object.entries(known).map(([name, { word }]) => [name, { type: word === undefined ? 'boolean' : 'string' }]));
	try {
		const { values, positionals } = parseArgs({ args, options: { ...options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true });
		return { given: new Given(values), words: positionals };
	} catch (error) {
		const said = error instanceof Error ? error.message : String(error);
		const [, unknown] = /^Unknown option '([^']*)'/.exec(said) ?? [];
		const [, unsure] = /^Option '([^ ']*)[^']*' argument is ambiguous/.exec(said) ?? [];
		const own = unsure === undefined ? said : `What follows ${unsure} begins with "-" itself: write ${unsure}=VALUE where that is meant.`;
		const what = unknown === undefined ? own : `There is no option '${unknown}'.`;
		throw usageError(`${what}\nhomeroom ${command.name} --help tells what there is.`);
	}
}

/** What `--help` prints of a command. */
export function helpOf(command: Command): string {
	const lines = (options: Command['options']) => {
		const rows = Object.entries(options).map(([name, { word, help }]) => [`--${name}${word === undefined ? '' : ` ${word}`}`, help] as const);
		const width = Math.max(...rows.map(([option]) => option.length));
		return rows.map(([option, help]) => `  ${option.padEnd(width)}  ${help}`).join('\n');
	};
	const own = Object.keys(command.options).length === 0 ? '' : `\n${lines(command.options)}\n`;
	return `homeroom ${command.name} ${command.words}\n\n${command.summary}\n${own}\n${lines(sharedOptions(command))}`;
}
