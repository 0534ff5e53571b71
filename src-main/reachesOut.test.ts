import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

/**
 * Nothing of the app reaches the outside but through platform/network/Network.ts, so that the switch and the page of connections tell the
 * truth. The lint keeps the modules of Node and undici where they belong (.dependency-cruiser.mjs); this keeps out what needs no import.
 */
const ways: { what: string; form: RegExp; allowed: readonly string[] }[] = [
	// `get` of an agent or a client: the host listens, it asks nobody.
	{
		what: 'a request by Node itself',
		form: /\b(?:https?|http2|net|tls|dns)\.(?:request|get|connect|createConnection|lookup|resolve\w*)\(/,
		// The door is a socket among the files of this machine.
		allowed: ['platform/network/', 'platform/process/LocalDoor.ts'],
	},
	{ what: 'the global fetch', form: /(?<![#.\w]|async )fetch\((?!\s*(?:\{|\w+:))|globalThis\.fetch|window\.fetch/, allowed: [] },
	{ what: 'a socket or a stream of the page', form: /\bnew (?:WebSocket|EventSource|XMLHttpRequest|RTCPeerConnection)\b|sendBeacon/, allowed: [] },
	{ what: 'Electron asking', form: /\bnet\.fetch\(|\bautoUpdater\b|\bloadURL\(\s*['"`]https?:/, allowed: [] },
	{
		what: 'reports of crashes that are sent',
		form: /\bcrashReporter\.start\((?!\{ uploadToServer: false\b)|\buploadToServer: true|\bsetUploadToServer\b/,
		allowed: [],
	},
	// These ask a server by themselves; the figures of the machine do not.
	{ what: 'systeminformation asking', form: /\binet(?:CheckSite|Latency)\b/i, allowed: [] },
	// Left to itself it fetches or compiles another build.
	{
		what: 'node-llama-cpp fetching',
		form: /\b(?:createModelDownloader|resolveModelFile|combineModelDownloaders|buildFromSource)\b|build:\s*'(?:auto|try|autoAttempt|forceRebuild)'/,
		allowed: [],
	},
	{ what: 'the hub fetching', form: /\b(?:downloadFile|downloadFileToCacheDir|snapshotDownload)\b/, allowed: [] },
	{ what: 'a program that fetches', form: /['"`](?:curl|wget|ping|nslookup|npm|npx|pip|git)['"`]/, allowed: [] },
];

const root = import.meta.dirname;
/** The command line asks the Homeroom that it is told of, for a person who told it to; it is no part of the app. */
const isOtherProgram = /^cli[\\/]/;
const isTest = /\.test\.tsx?$|\.test-[a-z]+\.ts$|vite\.config/;

async function readSources(): Promise<[file: string, code: string][]> {
	const files = (await Array.fromAsync(glob('**/*.ts', { cwd: root }))).filter((file) => !isTest.test(file) && !isOtherProgram.test(file));
	return files.map((file) => [file.split(path.sep).join('/'), withoutComments(readFileSync(path.join(root, file), 'utf8'))]);
}

const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

test('nothing reaches the outside but through the one way out', async () => {
	const sources = await readSources();
	expect(sources.length).toBeGreaterThan(300);
	const found = ways.flatMap(({ what, form, allowed }) =>
		sources
			.filter(([file, code]) => form.test(code) && !allowed.some((start) => file.startsWith(start)))
			.map(([file, code]) => `${what}: ${file}: ${form.exec(code)?.[0]}`),
	);
	expect(found).toEqual([]);
});

test.each([
	['fetch(url)', 'the global fetch'],
	['await globalThis.fetch(url)', 'the global fetch'],
	["https.get('https://a.test')", 'a request by Node itself'],
	['dns.resolve4(name, done)', 'a request by Node itself'],
	['new WebSocket(address)', 'a socket or a stream of the page'],
	["crashReporter.start({ submitURL: 'https://a.test' })", 'reports of crashes that are sent'],
	["getLlama({ build: 'auto' })", 'node-llama-cpp fetching'],
	['await si.inetLatency()', 'systeminformation asking'],
	["spawn('curl', [url])", 'a program that fetches'],
])('the look-out sees %s', (code, what) => {
	expect(ways.filter(({ form }) => form.test(code)).map((way) => way.what)).toContain(what);
});

test('a library that takes a fetch of its own gets ours, and the engine builds and fetches nothing', async () => {
	const sources = new Map(await readSources());
	const hub = [...sources].filter(([, code]) => code.includes("'@huggingface/hub'") && !/import type [^;]*'@huggingface\/hub'/.test(code));
	expect(hub.map(([file, code]) => [file, /fetch: this\.#fetch/.test(code)])).toEqual([['features/market/HuggingFace.ts', true]]);
	const loaders = [...sources].filter(([, code]) => /\bgetLlama\(/.test(code));
	expect(loaders.map(([file, code]) => [file, /build: 'never',\s*skipDownload: true/.test(code)])).toEqual([['features/engine/host/hostRouter.ts', true]]);
	// Whoever works on files alone has no network at all.
	const children = [...sources].filter(([, code]) => /^watchParent\(\);/m.test(code));
	expect(children.length).toBeGreaterThanOrEqual(4);
	expect(children.filter(([, code]) => !/^refuseNetwork\(\);/m.test(code)).map(([file]) => file)).toEqual([]);
});
