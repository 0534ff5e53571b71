import type { GradedClass, SheetAnswer, SheetLanguage, SheetStudent } from './GradedClass.ts';

const texts = {
	en: {
		title: 'Photosynthesis and respiration',
		subject: 'Biology',
		gradeLevel: 'Grade 8',
		questions: ['Explain how a green plant makes its food.', 'A pot holds 2 + 3 × 4 seeds. How many are there?'],
		names: ['Question 1', 'Question 2'],
		criteria: ['Names the inputs', 'Says what light does', 'Uses the word chlorophyll'],
		levels: ['Complete', 'Partly', 'Not yet'],
		students: ['Zoë Lindqvist', 'Ann Brown', 'Bob'],
		answer: 'Plants take in water and carbon dioxide (CO₂ + H₂O).\nThey use sunlight in their leaves, and the chlorophyll makes sugar → glucose.',
		quotes: ['water and carbon dioxide', 'use sunlight in their leaves', 'chlorophyll'],
		reason: 'Both inputs are named, with their formulas.',
		feedback: 'You name what goes in and what comes out, and you say where it happens. What light is needed for is still missing.',
		suggestions: ['Say where the energy in sugar comes from.', 'Write the equation in words: inputs on the left, outputs on the right.'],
	},
	zh: {
		title: '光合作用与呼吸作用',
		subject: '生物',
		gradeLevel: '八年级',
		questions: ['请说明绿色植物如何制造养料。', '花盆里有 2 + 3 × 4 粒种子，一共多少粒？'],
		names: ['第一题', '第二题'],
		criteria: ['写出原料', '说明光的作用', '用到“叶绿素”一词'],
		levels: ['完整', '部分', '尚未'],
		students: ['王小明', '欧阳娜娜', '李华'],
		answer: '植物吸收水和二氧化碳（CO₂ + H₂O）。\n叶片利用阳光，叶绿素把光能转化为化学能，制造出糖。',
		quotes: ['水和二氧化碳', '利用阳光', '叶绿素'],
		reason: '两种原料都写出来了，而且写了化学式。',
		feedback: '你写出了原料和产物，也说明了反应发生的位置。光能的作用还可以写得更清楚。',
		suggestions: ['说明糖里的能量从哪里来。', '用文字写出反应式：左边是原料，右边是产物。'],
	},
};

/** A class of three students and two questions with rubrics; the second student left the second question out, the third is not marked. */
export function sampleClass(language: SheetLanguage): GradedClass {
	const text = texts[language];
	const levels = text.levels.map((name, index) => ({ id: `l${index}`, name, points: 1 - index / 2 }));
	const criteria = text.criteria.map((name, index) => ({ id: `c${index}`, name, levels }));
	const verdicts = text.quotes.map((quote, index) => {
		const start = text.answer.indexOf(quote);
		const place = { start, end: start + quote.length };
		return { criterionId: `c${index}`, levelName: text.levels[index % 2] ?? '', points: 1 - (index % 2) / 2, quote, place, reason: text.reason };
	});
	const judged: SheetAnswer = {
		questionId: 'q1',
		text: text.answer,
		points: 2.5,
		decidedBy: 'teacher',
		modelName: 'Qwen',
		verdicts,
		feedback: text.feedback,
		suggestions: text.suggestions,
	};
	const checked: SheetAnswer = { ...judged, questionId: 'q2', text: '2 + 3 × 4 = 14', points: 1, decidedBy: 'check', verdicts: [], suggestions: [] };
	const student = (index: number, more: Pick<SheetStudent, 'total' | 'answers'>): SheetStudent => {
		const [number, name] = [`00${index + 1}`, text.students[index] ?? ''];
		return { row: index + 2, number, name, cells: [number, name, '12', text.answer], outOf: 4, ...more };
	};
	return {
		title: text.title,
		subject: text.subject,
		gradeLevel: text.gradeLevel,
		language,
		columns: ['id', 'name', 'age', 'answer'],
		questions: [
			{ id: 'q1', name: text.names[0] ?? '', text: text.questions[0] ?? '', points: 3, criteria },
			{ id: 'q2', name: text.names[1] ?? '', text: text.questions[1] ?? '', points: 1, criteria: [] },
		],
		students: [
			student(0, { total: 3.5, answers: [judged, checked] }),
			student(1, {
				total: 1,
				answers: [
					{ ...judged, points: 1, decidedBy: 'model' },
					{ ...checked, text: '', points: 0 },
				],
			}),
			student(2, { total: null, answers: [{ ...judged, points: null, decidedBy: null }] }),
		],
	};
}
