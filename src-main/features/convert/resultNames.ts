import { exportFileName } from '../../platform/text/exportFileName.ts';

/** A name as it came, made safe to be a path below a folder on every system: no way up, no root, no name of a device. */
export function safeName(name: string): string {
	const parts = name.split(/[\\/]+/).filter((part) => part !== '' && part !== '.' && part !== '..');
	return parts.map((part) => plainName(part)).join('/') || plainName('');
}

/**
 * What the results of a batch are called: as their sources, each with the ending of its format and in its folder. Two that would have one name, on a
 * disk that does not tell capitals apart, get a number.
 */
export function resultNames(names: readonly string[], extension: string): string[] {
	const taken = new Set<string>();
	return names.map((name) => {
		const base = withoutEnding(name);
		for (let number = 1; ; number++) {
			const tried = `${number === 1 ? base : `${base} (${number})`}.${extension}`;
			if (taken.has(tried.toLowerCase())) continue;
			taken.add(tried.toLowerCase());
			return tried;
		}
	});
}

/** What the sidecar beside a result is called. */
export function sidecarName(resultName: string): string {
	return `${resultName}.sidecar.json`;
}

/** The name that a file gets where there is one of its name: `a.json`, `a (2).json`, `a (3).json` … */
export function numbered(name: string, number: number): string {
	const ending = /\.[^./\\]{1,10}$/.exec(name)?.[0] ?? '';
	return `${name.slice(0, name.length - ending.length)} (${number})${ending}`;
}

function withoutEnding(name: string): string {
	return name.replace(/(?<=[^/])\.[^./]{1,10}$/, '');
}

function plainName(part: string): string {
	const ending = /(?<=.)\.([^.]{1,20})$/u.exec(part)?.[1];
	if (ending !== undefined && /^[\p{L}\p{N}_-]+$/u.test(ending)) return exportFileName(part.slice(0, -ending.length - 1), ending);
	return exportFileName(part, 'txt').slice(0, -'.txt'.length);
}
