/** Names by which teachers and platforms call a column of answers where there is only one, the surest first. */
const names = [
	/^(student |your )?(answer|response|essay|submission)( ?1)?$/,
	/^(schüler-?|ihre |deine )?(antwort|antworttext|lösung|abgabe|bearbeitung)( ?1)?$/,
	/^(réponse|respuesta|risposta|resposta|回答|解答|答え)( ?1)?$/,
	/^(学生)?(答案|作答|回答|答题|作文|解答)(内容|文本)?1?$/,
	/^(answer|response|essay|submission)( text| content)$/,
	/\b(answer|response|essay)\b|antwort/,
	/答案|作答|回答|答题|作文|解答/,
	/^(text|content|work|正文|内容|文本)$/,
];

/** The column that is called like the one with the answers, in English, German, Chinese or another language that such tables often are in; null where none is. */
export function answerColumnOf(columns: readonly string[]): string | null {
	for (const pattern of names) {
		const found = columns.find((column) => pattern.test(column.toLowerCase().replaceAll('_', ' ')));
		if (found !== undefined) return found;
	}
	return null;
}
