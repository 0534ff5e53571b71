import { zip } from 'fflate';
import type { GradedClass, SheetStudent } from './GradedClass.ts';
import { plainFileName } from './plainFileName.ts';
import { sheetWords } from './sheetWords.ts';
import { writeFeedbackDocx } from './writeFeedbackDocx.ts';
import { writeFeedbackPdf } from './writeFeedbackPdf.ts';

const writers = { pdf: writeFeedbackPdf, docx: writeFeedbackDocx };

/** Writes feedback as one file a student, in a ZIP. Two students of one name get two files. Rejects with the reason of `signal` if it aborts. */
export async function packFeedback(graded: GradedClass, kind: 'pdf' | 'docx', signal?: AbortSignal): Promise<Uint8Array> {
	const names = studentFileNames(graded, kind);
	const files: Record<string, Uint8Array> = {};
	for (const [index, student] of graded.students.entries()) {
		signal?.throwIfAborted();
		files[names[index] ?? ''] = await writers[kind](graded, [student]);
	}
	// Both kinds are compressed already.
	return new Promise((resolve, reject) => zip(files, { level: 0 }, (error, bytes) => (error ? reject(error) : resolve(bytes))));
}

/** A name for each student's file, no two alike on a disk that knows no case. */
function studentFileNames({ students, language }: GradedClass, kind: string): string[] {
	const taken = new Set<string>();
	const word = sheetWords[language].feedback;
	return students.map(({ row, number, name }: SheetStudent) => {
		const about = `${number.slice(0, 25)} ${name}`.trim() || String(row);
		let candidate = plainFileName(word, about, kind);
		for (let again = 2; taken.has(candidate.toLowerCase()); again++) candidate = plainFileName(word, `${about.slice(0, 45)} ${again}`, kind);
		taken.add(candidate.toLowerCase());
		return candidate;
	});
}
