/** What runs are called side by side: those of one name are told apart by a number. */
export function runNames(runs: readonly { title: string }[]): string[] {
	return runs.map(({ title }, index) => {
		const isAlone = runs.filter((other) => other.title === title).length === 1;
		return isAlone ? title : `${title} (${index + 1})`;
	});
}
