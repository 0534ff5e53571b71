import type { Client } from '#contract/contract.ts';
import type { QuestionFields } from '#contract/grading.ts';
import { untilJob } from './untilJob.ts';

const statements = ['Chlorophyll takes in red and blue light.', 'It sends green light back.'];
const questions: QuestionFields[] = [
	{
		...{ name: 'Leaves', text: 'Why are leaves green?', key: statements.join(' '), points: 4, check: { kind: 'none' } },
		rubric: statements.map((statement, at) => ({
			...{ id: `c${at}`, kind: 'mustHave', name: statement, description: statement, byCheck: false },
			levels: [
				{ id: 'there', name: 'In the answer', description: '', points: 2 },
				{ id: 'missing', name: 'Not in the answer', description: '', points: 0 },
			],
		})),
	},
	{
		...{ name: 'Sum', text: 'What is 2 + 3 × 4?', key: '14', points: 2, rubric: [] },
		check: { kind: 'number', value: '14', tolerance: { kind: 'relative', amount: 0 }, unitNeeded: false, significantFigures: null },
	},
];

/** Names and answers in several scripts, one of which is not answered and one of which is long. */
const students: [name: string, leaves: string, sum: string][] = [
	['Ada Okafor', 'Chlorophyll takes in red and blue light. It sends green light back.', '14'],
	['Béla Kovács', 'It sends green light back.', '20'],
	['陈晨', '叶绿素吸收红光和蓝光，绿光被反射回来。', 'The answer is 14.'],
	['Dana Levi', 'כלורופיל בולע אור אדום וכחול.', '14'],
	['Emre Yılmaz', 'Because of the chlorophyll.', '2 + 12 = 14'],
	['فاطمة الزهراء', 'الكلوروفيل يمتص الضوء الأحمر والأزرق ويعكس الأخضر.', '14'],
	['Gudrun Sigurðardóttir-Þorvaldsdóttir', `${'Leaves hold a green stuff that drinks the light of the sun. '.repeat(12)}It sends green light back.`, '24'],
	['Hana Nováková', '', '14'],
	['Ivo Marić', 'Plants like green.', 'fourteen'],
	['Jun Tanaka', 'Red and blue light is taken in by chlorophyll, green is what is left.', '14.0'],
];

/** A class of ten with two questions, graded, some of it marked by the teacher; and two assignments of which nothing is graded yet. Gives back the first. */
export async function fillClass(client: Client, modelId: string): Promise<string> {
	const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
	const rows = students.map((student, at) => [`2026${String(at + 1).padStart(3, '0')}`, ...student].map(cell).join());
	const mapping = { layout: 'wide' as const, studentId: 'id', studentNames: ['name'] };
	const { id: assignmentId } = await client.grading.create({
		fields: { title: 'Leaves and sums', className: '7b', subject: 'Biology', gradeLevel: 'Grade 7' },
		source: { text: ['id,name,Leaves,Sum', ...rows].join('\n') },
		mapping: { ...mapping, answers: ['Leaves', 'Sum'].map((column) => ({ column, questionName: column })) },
		questions,
	});
	await client.grading.create({
		fields: { title: 'Die Ringparabel: eine Erörterung in eigenen Worten', className: 'Q1', subject: 'Deutsch', gradeLevel: '11' },
		source: { text: 'id,name,answer\n1,Ada,Drei Ringe.\n2,Bo,Ein Ring.' },
		mapping: { ...mapping, answers: [{ column: 'answer', questionName: 'answer' }] },
		questions: [{ name: 'Ringe', text: 'Was bedeuten die drei Ringe?', points: 15 }],
	});
	await client.grading.create({
		fields: { title: 'فصل العلوم', className: 'الصف السابع', subject: 'علوم', gradeLevel: '7' },
		source: { text: 'id,name,answer\n1,ليلى,الضوء.' },
		mapping: { ...mapping, answers: [{ column: 'answer', questionName: 'answer' }] },
		questions: [{ name: 'الضوء', text: 'ما هو الضوء؟', points: 5 }],
	});
	await client.grading.start({ assignmentId, modelId });
	await untilJob('grading', async () => (await client.grading.get({ assignmentId })).job);
	const answers = await client.grading.answers({ assignmentId });
	for (const { id, proposal } of answers.slice(0, 8)) {
		if (proposal) await client.grading.setMark({ answerId: id, points: Math.max(0, proposal.points - 1), feedback: 'Say what happens to green light.' });
	}
	await client.grading.accept({ assignmentId, leastConfidence: 0.9 });
	await client.grading.addComment({ text: 'Say what happens to green light.' });
	return assignmentId;
}
