/** What may not be in the package, and why, in the order in which a file is held to it. */
const surplus: readonly { what: string; where: RegExp }[] = [
	{ what: 'a test', where: /\.(test|spec)\.[cm]?[jt]sx?$|(^|\/)(__tests__|testing)\// },
	{ what: 'a source of ours', where: /^(src-(main|renderer|preload)|e2e|bench|scripts)\// },
	{ what: 'a TypeScript source', where: /\.[cm]?tsx?$/ },
	{ what: 'a source map', where: /\.map$/ },
	{ what: 'a secret, or what often holds one', where: /(^|\/)(\.env(\..*)?|\.npmrc|id_rsa|.*\.(pem|p12|pfx|key))$/ },
	{ what: 'a source in C or C++', where: /\.(c|cc|cpp|h|hpp|gyp|gypi|cmake)$/ },
	{ what: 'a bundle of sources', where: /\.bundle$/ },
	{ what: 'a thing of a version control system or an editor', where: /(^|\/)(\.git|\.github|\.vscode|\.idea|\.DS_Store)(\/|$)/ },
	{ what: "somebody's data", where: /\.(db|sqlite|log)$/ },
];

const platformNames = { linux: 'linux', win32: 'win', darwin: 'mac' };

export interface Expected {
	/** Files that must be there, relative to the package's root. */
	files: readonly string[];
	/** Names of the packages that may be there. */
	packages: ReadonlySet<string>;
	/** Those of them that must be. */
	installed: readonly string[];
	platform: 'linux' | 'win32' | 'darwin';
	arch: 'x64' | 'arm64';
}

/** What is wrong with the files of a package, a sentence for each; none where it is as it must be. All paths have forward slashes. */
export function judgeFiles(files: readonly string[], expected: Expected): string[] {
	const there = new Set(files);
	const manifests = new Set(files.flatMap((file) => packageIn(file, 'package.json') ?? []));
	const missing = [
		...expected.files.filter((file) => !there.has(file)).map((file) => `${file} is missing.`),
		...expected.installed.filter((name) => !manifests.has(name)).map((name) => `The package ${name} is missing.`),
	];
	const wrong = files.flatMap((file) => {
		const why = surplus.find(({ where }) => where.test(file))?.what ?? foreignTo(expected, file);
		return why ? [`${file} is ${why}.`] : [];
	});
	return [...missing, ...wrong];
}

function foreignTo({ packages, platform, arch }: Expected, file: string): string | null {
	const name = packageIn(file, '');
	if (name !== null && !packages.has(name)) return `of a package that is not shipped (${name})`;
	if (!/\.(node|so|dylib|dll|exe)$/.test(file)) return null;
	const binary = /(?:^|[/-])(linux(?:musl)?|win32|win|darwin|mac)-(x64|arm64|armv7l|ia32|riscv64)/.exec(file);
	if (binary === null) return null;
	const [, system, cpu] = binary;
	const isOurs = (system === platform || system === platformNames[platform]) && cpu === arch;
	return isOurs ? null : `for another system (${system}-${cpu})`;
}

/** The name of the package that a file is of, where it is that package's own `named` file; any of its files where that is empty. */
function packageIn(file: string, named: string): string | null {
	const [, name, rest] = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(file) ?? [];
	return name !== undefined && (named === '' || rest === named) ? name : null;
}
