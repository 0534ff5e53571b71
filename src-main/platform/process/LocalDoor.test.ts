import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enterBy, LocalDoor } from './LocalDoor.ts';

let folder: string;
let file: string;
let door: LocalDoor;
/** What came in, and how many connections have ended. */
let heard: string[];
let ended: number;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-door-'));
	file = join(folder, 'door.json');
	heard = [];
	ended = 0;
	door = new LocalDoor({
		...{ file, principal: () => null, origin: 'commandLine', log: pino({ enabled: false }) },
		// Answers every call with its own words.
		serve: (wire) => ({
			receive(frame) {
				heard.push(String(frame));
				void wire.send(`re: ${frame}`);
			},
			close: () => {
				ended += 1;
			},
		}),
	});
	await expect.poll(() => existsSync(file)).toBe(true);
});
afterEach(() => {
	door.close();
	rmSync(folder, { recursive: true, force: true });
});

const told = (): { address: string; key: string } => JSON.parse(readFileSync(file, 'utf8'));

/** Sends text as it is; gives what came back until the other side ended it. */
async function shout(text: string): Promise<string> {
	const socket = net.connect(told().address);
	let answer = '';
	socket.setEncoding('utf8');
	socket.on('data', (piece) => {
		answer += piece;
	});
	socket.on('error', () => {});
	socket.write(text);
	await new Promise((resolve) => socket.once('close', resolve));
	return answer;
}

test('whoever reads the file comes in and is answered, call by call', async () => {
	const entered = await enterBy(file);
	const answers: unknown[] = [];
	entered?.port.on('message', (event) => answers.push(event?.data));
	const calls = ['one', 'two\nlines, "quoted"', 'x'.repeat(200_000)];
	for (const call of calls) entered?.port.postMessage(call);
	await expect.poll(() => answers.length).toBe(3);
	expect([heard, answers]).toEqual([calls, calls.map((call) => `re: ${call}`)]);
	entered?.close();
	await expect.poll(() => ended).toBe(1);
});

test('nobody is heard without the key, with too long a line, or with what is no call', async () => {
	const { key } = told();
	const long = JSON.stringify('x'.repeat(1_100_000));
	for (const text of [
		'"another key"\n"call"\n',
		'"call"\n',
		`${'k'.repeat(300)}`,
		'no JSON\n',
		`${JSON.stringify(key)}\n{"a":1}\n`,
		`${JSON.stringify(key)}\n${long}\n`,
	])
		expect(await shout(text)).toBe('');
	expect(heard).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
	'the file and the socket are this user’s alone, and a file that others could have written is not believed',
	async () => {
		const { address } = told();
		expect([statSync(file).mode & 0o777, statSync(join(address, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
		chmodSync(file, 0o644);
		expect(await enterBy(file)).toBeNull();
		chmodSync(file, 0o600);
		for (const content of ['', 'null', '{"address":"x"}', '{"address":1,"key":"k"}']) {
			writeFileSync(file, content);
			expect(await enterBy(file)).toBeNull();
		}
	},
);

test('closing leaves nothing behind and ends who is in', async () => {
	const { address } = told();
	const entered = await enterBy(file);
	entered?.port.on('message', () => {});
	const closed = new Promise<void>((resolve) => entered?.port.on('close', () => resolve()));
	entered?.port.postMessage('one');
	await expect.poll(() => heard).toEqual(['one']);
	writeFileSync(`${file}.copy`, JSON.stringify(told()), { mode: 0o600 });
	door.close();
	await closed;
	expect([existsSync(file), process.platform !== 'win32' && existsSync(address)]).toEqual([false, false]);
	expect(await enterBy(`${file}.copy`)).toBeNull();
});
