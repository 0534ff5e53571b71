import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { packFeedback } from './packFeedback.ts';
import { sampleClass } from './sampleClass.test-support.ts';

test('every student gets a file, also where two have one name, and no name leads out of a folder', async () => {
	const graded = sampleClass('en');
	const named = ['Zoë', 'zoë', '../../etc/passwd'].map((name, index) => ({ ...(graded.students[index] as (typeof graded.students)[0]), number: '', name }));
	const files = unzipSync(await packFeedback({ ...graded, students: [...named, { ...(named[0] as (typeof named)[0]), name: '', row: 9 }] }, 'docx'));
	expect(Object.keys(files)).toEqual(['Feedback Zoë.docx', 'Feedback zoë 2.docx', 'Feedback etc passwd.docx', 'Feedback 9.docx']);
	expect(Object.values(files).filter((file) => String.fromCharCode(...file.slice(0, 2)) !== 'PK')).toEqual([]);
});

test('stops when it is told to', async () => {
	await expect(packFeedback(sampleClass('en'), 'docx', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});
