import type { Inputs } from '#contract/contract.ts';

/** A student's file, by its path where it came in a folder. */
export interface AnswerFile {
	file: File;
	fileName: string;
}

/** Where a class's answers come from: a table that was pasted or typed, a table's file, or files of which each is a student's. */
export type AnswerSource = Inputs['grading']['preview']['source'] | { files: AnswerFile[] };

/** A lone file of these is a table; a text may be one, and its preview shows whether it is. */
const table = /\.(csv|tsv|tab|txt|xlsx?|xlsm|ods)$/i;

/** What chosen or dropped files are: a lone table is the class's table, everything else the students' work, under its path where it came in a folder. */
export function sourceOfFiles(files: readonly File[]): AnswerSource | null {
	const [first, second] = files;
	if (!first) return null;
	if (!second && table.test(first.name)) return { file: first, fileName: first.name.slice(-255) };
	const paths = files.map((file) => (file.webkitRelativePath || file.name).split('/'));
	const [[root] = []] = paths;
	// The folder that was chosen says nothing of whose the files are.
	const isRooted = paths.every((path) => path.length > 1 && path[0] === root);
	return {
		files: files.map((file, at) => {
			const path = (paths[at] ?? []).slice(isRooted ? 1 : 0).join('/');
			return { file, fileName: (path || 'unnamed').slice(-1000) };
		}),
	};
}
