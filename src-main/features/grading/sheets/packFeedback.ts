import { zip } from 'fflate';
import type { GradedClass, SheetStudent } from './GradedClass.ts';
import { plainFileName } from './plainFileName.ts';
import { sheetWords } from './sheetWords.ts';
import { writeFeedbackDocx } from './writeFeedbackDocx.ts';
import { writeFeedbackPdf } from './writeFeedbackPdf.ts';

/** What writes feedback of each kind, for the students of a class or for some of them. */
export const feedbackWriters = { pdf: writeFeedbackPdf, docx: writeFeedbackDocx };

/**
 * Writes feedback as files of so many students each, in a ZIP; only one of them is laid out at a time. Two students of one name get two
 * files. Rejects with the reason of `signal` if it aborts.
 */
export async function packFeedback(graded: GradedClass, kind: 'pdf' | 'docx', studentsInFile: number, signal?: AbortSignal): Promise<Uint8Array> {
	const { students } = graded;
	const names = studentsInFile === 1 ? studentFileNames(graded, kind) : partFileNames(graded, kind, studentsInFile);
	const files: Record<string, Uint8Array> = {};
	for (const [index, name] of names.entries()) {
		signal?.throwIfAborted();
		files[name] = await feedbackWriters[kind](graded, students.slice(index * studentsInFile, (index + 1) * studentsInFile));
	}
	// Both kinds are compressed already.
	return new Promise((resolve, reject) => zip(files, { level: 0 }, (error, bytes) => (error ? reject(error) : resolve(bytes))));
}

/** `Feedback 0001-0100 Title.pdf`: in the order in which they are to be printed, also where a folder is sorted by letters. */
function partFileNames({ students, title, language }: GradedClass, kind: string, studentsInFile: number): string[] {
	const place = (number: number) => String(number).padStart(String(students.length).length, '0');
	return Array.from({ length: Math.ceil(students.length / studentsInFile) }, (_, part) => {
		const last = Math.min(students.length, (part + 1) * studentsInFile);
		return plainFileName(`${sheetWords[language].feedback} ${place(part * studentsInFile + 1)}-${place(last)}`, title, kind);
	});
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
