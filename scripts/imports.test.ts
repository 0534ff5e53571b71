import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each plants one breach: where, what it imports, and the rule of .dependency-cruiser.mjs that must name it. */
const breaches: [file: string, imports: string, rule: string][] = [
	['src-main/features/library/plantedFeature.ts', '../engine/engine.ts', 'main-library-imports'],
	['src-main/features/chat/plantedSibling.ts', '../grading/grading.ts', 'main-chat-imports'],
	['src-main/features/chat/plantedDoor.ts', '../engine/planLoad.ts', 'main-engine-door'],
	['src-main/platform/log/plantedFeature.ts', '../../features/chat/chat.ts', 'platform-knows-no-feature'],
	['src-main/features/chat/plantedHost.ts', '../../serve.ts', 'nothing-imports-a-host'],
	['src-main/servePlanted.ts', './features/chat/chat.ts', 'hosts-go-through-app'],
	['src-preload/contract/plantedMain.ts', '../../src-main/platform/log/createLog.ts', 'contract-stands-alone'],
	['src-renderer/features/chat/plantedMain.ts', '../../../src-main/app.ts', 'renderer-and-main-are-strangers'],
	['src-main/features/chat/plantedRenderer.ts', '../../../src-renderer/rpc/client.ts', 'renderer-and-main-are-strangers'],
	['src-renderer/features/chat/plantedScreen.ts', '../grading/gradingStore.ts', 'screens-are-strangers'],
	['src-renderer/features/chat/plantedApp.ts', '../../app/theme.ts', 'renderer-layers'],
	['src-renderer/ui/plantedFeature.ts', '../features/chat/chatStore.ts', 'ui-knows-nothing-of-the-product'],
	['src-renderer/features/chat/plantedNode.ts', 'node:fs', 'renderer-runs-in-a-page'],
	['src-renderer/ui/plantedHere.ts', './plantedThere.ts', 'no-circles'],
	['src-main/features/chat/plantedElectron.ts', 'electron', 'only-in-its-place-electron'],
	['src-main/features/chat/plantedLlama.ts', 'node-llama-cpp', 'only-in-its-place-node-llama-cpp'],
	['src-main/features/chat/plantedSqlite.ts', 'better-sqlite3', 'only-in-its-place-better-sqlite3'],
	['src-main/features/market/plantedUndici.ts', 'undici', 'only-in-its-place-undici'],
	['src-main/features/chat/plantedSocket.ts', 'node:https', 'only-the-network-reaches-out'],
	['src-main/features/engine/plantedKoffi.ts', 'koffi', 'only-in-its-place-koffi'],
	['src-main/features/chat/plantedSherpa.ts', 'sherpa-onnx-node', 'only-in-its-place-sherpa-onnx-node'],
];

/** The other half of the planted circle, which is told once. */
const planted = [...breaches, ['src-renderer/ui/plantedThere.ts', './plantedHere.ts'] as const];

interface Violation {
	rule: { name: string };
	from: string;
}
let violations: Violation[] = [];

beforeAll(() => {
	for (const [file, imports] of planted) {
		mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
		writeFileSync(path.join(root, file), `import '${imports}';\n`);
	}
	const { stdout } = spawnSync('depcruise', ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src-main', 'src-preload', 'src-renderer'], {
		cwd: root,
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
	});
	// The cruiser's own report; its documented shape.
	violations = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
});
afterAll(() => {
	for (const [file] of planted) rmSync(path.join(root, file), { force: true });
});

test.each(breaches)('the lint catches %s importing %s', (file, _imports, rule) => {
	expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule);
});

test('the lint finds nothing but what was planted', () => {
	const files = planted.map(([file]) => file);
	expect(violations.filter(({ from }) => !files.includes(from))).toEqual([]);
});
