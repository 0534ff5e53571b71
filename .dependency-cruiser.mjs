// Who may import what: one table, enforced by `npm run lint` and tried by scripts/imports.test.ts, which plants a breach of each kind.
const features = {
	accounts: [],
	audit: [],
	backup: ['library'],
	ledger: [],
	deleted: [],
	search: [],
	settings: [],
	system: [],
	jobs: [],
	library: [],
	market: ['engine', 'library'],
	engine: ['library'],
	monitor: ['engine'],
	cache: ['engine'],
	writing: ['engine', 'ledger', 'library'],
	routes: ['engine', 'library'],
	chat: ['engine', 'ledger', 'library'],
	convert: ['engine', 'ledger', 'library', 'writing'],
	grading: ['engine', 'ledger', 'library', 'writing'],
	subtitles: ['engine', 'ledger', 'library', 'writing'],
	finetune: ['engine', 'library'],
	gateway: ['accounts', 'chat', 'convert', 'engine', 'grading', 'ledger', 'library', 'monitor', 'settings', 'subtitles'],
	outbound: [],
	shell: ['engine', 'settings'],
	updates: [],
};

/** A library that one folder alone may use, and what to do instead elsewhere. */
const onlyIn = [
	{
		library: 'electron',
		where: '^src-main/(desktop\\.ts|platform/electron/)|^src-preload/preload\\.ts',
		instead: 'take it through HostServices (src-main/features/system/system.ts).',
	},
	{
		library: 'node-llama-cpp',
		where: '^src-main/features/engine/host/|^bench/',
		instead: 'ask the engine through its door, src-main/features/engine/engine.ts.',
	},
	{ library: 'undici', where: '^src-main/platform/network/', instead: 'ask the outside through the one door, src-main/platform/network/Network.ts.' },
	{ library: 'koffi', where: '^src-main/features/finetune/', instead: 'ask the trainer through its door.' },
	{ library: 'sherpa-onnx-node', where: '^src-main/platform/speech/host/', instead: 'ask the recogniser, src-main/platform/speech/Recogniser.ts.' },
	{ library: 'better-sqlite3', where: '^src-main/platform/database/|^bench/', instead: 'use openDatabase (src-main/platform/database) and drizzle.' },
];

const tests = '\\.test\\.tsx?$|\\.test-[a-z]+\\.ts$|/testing/';

const featureRules = Object.entries(features).flatMap(([word, doors]) => [
	{
		name: `main-${word}-imports`,
		comment: `The feature ${word} may import the doors of: ${doors.join(', ') || 'no other feature'}. What it needs of another comes in through app.ts.`,
		severity: 'error',
		from: { path: `^src-main/features/${word}/`, pathNot: tests },
		to: { path: '^src-main/features/', pathNot: [word, ...doors].map((name) => `^src-main/features/${name}/`) },
	},
	{
		name: `main-${word}-door`,
		comment: `Other features may import ${word}/${word}.ts alone, and library/gguf, which reads model files anywhere. Add what is missing to the door.`,
		severity: 'error',
		from: { path: '^src-main/features/', pathNot: [`^src-main/features/${word}/`, tests] },
		to: { path: `^src-main/features/${word}/`, pathNot: `^src-main/features/${word}/(${word}\\.ts$|gguf/)` },
	},
]);

export default {
	forbidden: [
		...featureRules,
		{
			name: 'platform-knows-no-feature',
			comment: 'src-main/platform knows Node and Electron, nothing of the product: pass what it needs as an argument.',
			severity: 'error',
			from: { path: '^src-main/platform/', pathNot: tests },
			to: { path: '^src-main/(features/|app\\.ts|desktop\\.ts|serve\\.ts)' },
		},
		{
			name: 'hosts-go-through-app',
			comment: 'desktop.ts, serve.ts and homeroom.ts compose nothing themselves: what a feature offers a host goes through app.ts.',
			severity: 'error',
			from: { path: '^src-main/((desktop|serve|homeroom)\\w*\\.ts$|cli/)', pathNot: tests },
			to: { path: '^src-main/features/' },
		},
		{
			name: 'nothing-imports-a-host',
			comment: 'desktop.ts, serve.ts and homeroom.ts are ends of the road, app.ts is theirs alone.',
			severity: 'error',
			from: { path: '^src-(main|renderer|preload)/', pathNot: ['^src-main/(desktop|serve|homeroom)\\.ts$', tests] },
			to: { path: '^src-main/(desktop|serve|homeroom|app)\\.ts$' },
		},
		{
			name: 'contract-stands-alone',
			comment: 'The contract imports zod and @orpc/contract alone, so that both sides can import it.',
			severity: 'error',
			from: { path: '^src-preload/contract/' },
			to: { pathNot: ['^src-preload/contract/', '^node_modules/zod/', '^node_modules/@orpc/contract/'] },
		},
		{
			name: 'renderer-and-main-are-strangers',
			comment: 'The renderer and the main process meet in the contract (src-preload/contract) only.',
			severity: 'error',
			from: { path: '^src-(renderer|main)/', pathNot: tests },
			to: { path: '^src-(renderer|main|preload)/', pathNot: ['^src-$1/', '^src-preload/contract/'] },
		},
		{
			name: 'screens-are-strangers',
			comment: 'Screens never import one another: what two of them need belongs in ui/ or in the app frame.',
			severity: 'error',
			from: { path: '^src-renderer/features/([^/]+)/' },
			to: { path: '^src-renderer/features/', pathNot: '^src-renderer/features/$1/' },
		},
		{
			name: 'renderer-layers',
			comment: 'app → features → ui, rpc, contract: ui and rpc know no feature, and only app knows all of them.',
			severity: 'error',
			from: { path: '^src-renderer/(ui|rpc|features)/', pathNot: tests },
			to: { path: '^src-renderer/(app/|main\\.tsx)' },
		},
		{
			name: 'ui-knows-nothing-of-the-product',
			comment: 'ui/ holds pieces that know nothing of the product: give them what they show as properties.',
			severity: 'error',
			from: { path: '^src-renderer/(ui|rpc)/', pathNot: tests },
			to: { path: '^src-renderer/features/' },
		},
		{
			name: 'renderer-runs-in-a-page',
			comment: 'The renderer runs in a sandboxed page: nothing of Node or Electron is there.',
			severity: 'error',
			from: { path: '^src-renderer/', pathNot: [tests, 'vite\\.config\\.ts$'] },
			to: { dependencyTypes: ['core'] },
		},
		...onlyIn.map(({ library, where, instead }) => ({
			name: `only-in-its-place-${library}`,
			comment: `${library} may not be imported here: ${instead}`,
			severity: 'error',
			from: { path: '^(src-|bench/|e2e/|scripts/)', pathNot: [where, tests] },
			to: { path: `^node_modules/${library}/` },
		})),
		{
			name: 'only-the-network-reaches-out',
			comment:
				'Sockets and names are opened in src-main/platform/network alone, and listened on where the app serves: ask through Network.ts. The command line alone asks the gateway that whoever types it names.',
			severity: 'error',
			from: {
				path: '^src-main/',
				pathNot: ['^src-main/platform/(network|http)/', '^src-main/features/gateway/', '^src-main/platform/process/', '^src-main/cli/ApiClient\\.ts$', tests],
			},
			to: { path: '^(node:)?(http|https|http2|net|tls|dns|dns/promises|dgram)$', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'no-circles',
			comment: 'A circle of imports: pass a function in through app.ts, or move the shared part below both.',
			severity: 'error',
			from: { path: '^src-' },
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
	],
	options: {
		parser: 'swc',
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(dist|release)/' },
		enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'], extensions: ['.ts', '.tsx', '.js', '.mjs'] },
	},
};
