import type { SheetLanguage } from './GradedClass.ts';

const english = {
	/** Of a language, as files name it. */
	tag: 'en',
	grades: 'Grades',
	feedback: 'Feedback',
	classSheet: 'Class',
	statistics: 'Statistics',
	/** Of the statistics' columns, in their order; `markedOrProposed` in place of the third where proposals that nobody has accepted count too. */
	statisticsColumns: ['Question', 'Points', 'Marked', 'Mean', 'Standard deviation', 'Share of the points', 'Correlation with the rest'],
	markedOrProposed: 'Marked or proposed',
	number: 'Number',
	student: 'Name',
	answer: 'Answer',
	level: 'Level',
	criterion: 'Criterion',
	points: 'Points',
	total: 'Total',
	evidence: 'Evidence',
	reason: 'Reason',
	suggestions: 'Suggestions',
	decidedBy: 'Marked by',
	teacher: 'teacher',
	model: 'model',
	check: 'check',
	proposedBy: (who: string) => `proposed by ${who}`,
	proposed: (points: string) => `proposed: ${points}`,
	noAnswer: 'No answer was handed in.',
	notMarked: 'not marked yet',
	evidenceNote: 'What is marked in colour in an answer is what a level was given for.',
	missingNote: 'The sign □ stands for a character that cannot be printed here.',
	cut: '… [cut: a cell holds no more]',
	pointsOf: (points: string, most: string) => `${points} of ${most} points`,
	page: (page: number, pages: number) => `Page ${page} of ${pages}`,
};

const chinese: typeof english = {
	tag: 'zh-CN',
	grades: '成绩',
	feedback: '反馈',
	classSheet: '班级',
	statistics: '统计',
	statisticsColumns: ['题目', '满分', '已评人数', '平均分', '标准差', '得分率', '与其余题目的相关'],
	markedOrProposed: '已评或仅有建议的人数',
	number: '学号',
	student: '姓名',
	answer: '作答',
	level: '等级',
	criterion: '评分标准',
	points: '得分',
	total: '总分',
	evidence: '依据',
	reason: '理由',
	suggestions: '建议',
	decidedBy: '评分者',
	teacher: '教师',
	model: '模型',
	check: '自动核对',
	proposedBy: (who) => `${who}（仅为建议）`,
	proposed: (points) => `建议：${points}`,
	noAnswer: '未作答。',
	notMarked: '尚未评分',
	evidenceNote: '作答中标色的文字是评定等级的依据。',
	missingNote: '符号 □ 表示此处无法印出的字符。',
	cut: '……［已截断：单元格容量有限］',
	pointsOf: (points, most) => `${points} / ${most} 分`,
	page: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
};

/** The words that a sheet itself brings, in a language. */
export type SheetWords = typeof english;

/** What sheets that are given out say in each language. The words of the screens are in resources/locales. */
export const sheetWords: Record<SheetLanguage, SheetWords> = { en: english, zh: chinese };
