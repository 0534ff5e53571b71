import { beforeEach, expect, test, vi } from 'vitest';
import type { Principal } from '../rpc/guard.ts';
import { answerPorts } from './answerPorts.ts';

type Listener = (event: unknown) => void;
const { heard } = vi.hoisted(() => ({ heard: [] as Listener[] }));
// Electron is there in its own program alone.
vi.mock('electron', () => ({ ipcMain: { on: (_channel: string, listener: Listener) => heard.push(listener) } }));

const sitting = (accountId: string): Principal => ({ accountId, role: 'user', sessionId: accountId, key: null });
let sits: Principal | null;
let closed: string[];
let announce: () => void;
let call: () => void;

beforeEach(() => {
	vi.useFakeTimers();
	heard.length = 0;
	sits = sitting('ann');
	closed = [];
	const frame = { isDestroyed: () => false, origin: 'app://page' };
	const webContents = { mainFrame: frame };
	const listeners = new Map<string, (event: { data: unknown }) => void>();
	const port = {
		on: (name: string, listener: (event: { data: unknown }) => void) => listeners.set(name, listener),
		start() {},
		close: () => closed.push('port'),
		postMessage() {},
	};
	answerPorts({
		// The little of a window that is looked at.
		window: () => ({ isDestroyed: () => false, webContents }) as unknown as Electron.BrowserWindow,
		origin: 'app://page',
		serve: (wire) => ({ receive: () => void wire.principal(), close: () => closed.push('connection') }),
		seat: { principal: () => sits, take() {}, leave() {} },
		onChange: (listener) => {
			announce = listener;
			return () => {};
		},
		log: { warn() {}, error() {} },
	});
	heard[0]?.({ senderFrame: frame, sender: webContents, ports: [port] });
	call = () => listeners.get('message')?.({ data: '' });
	call();
	return () => vi.useRealTimers();
});

test('what runs over a port ends within half a minute after the time of its caller’s session ran out', () => {
	vi.advanceTimersByTime(60_000);
	expect(closed).toEqual([]);
	sits = null;
	vi.advanceTimersByTime(30_250);
	expect(closed).toEqual(['connection', 'port']);
});

test.each([
	['is told of', () => announce()],
	['calls', () => call()],
])('nothing goes on for who sat at the window before, once another %s, also after a call by nobody', (_what, happens) => {
	sits = null;
	call();
	sits = sitting('bob');
	happens();
	vi.advanceTimersByTime(250);
	expect(closed).toEqual(['connection', 'port']);
});

test('a change that is about somebody else leaves the port open', () => {
	announce();
	vi.advanceTimersByTime(250);
	expect(closed).toEqual([]);
});
