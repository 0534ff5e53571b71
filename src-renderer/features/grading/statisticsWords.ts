/** How hard a question was for the class. */
export type Difficulty = 'veryEasy' | 'easy' | 'middling' | 'hard';
/** How well a question tells the better students from the others. */
export type Discrimination = 'well' | 'fairly' | 'hardly' | 'reversed' | 'tooFew';

/** With fewer students, the best and the last of which are one or two, such figures are those of persons and not of the questions. */
export const leastStudents = 10;

/** Puts the mean fraction of the points in words. A test tells most where questions are between 0.3 and 0.7 (Ebel and Frisbie 1991, "Essentials of Educational Measurement"). */
export function difficultyOf(fraction: number): Difficulty {
	if (fraction > 0.9) return 'veryEasy';
	if (fraction > 0.7) return 'easy';
	return fraction >= 0.3 ? 'middling' : 'hard';
}

/** Puts the upper-lower index in words: 0.4 and more is very good, under 0.2 poor (Ebel and Frisbie 1991); below 0 the better students did worse. */
export function discriminationOf(index: number, students: number): Discrimination {
	if (students < leastStudents) return 'tooFew';
	if (index < 0) return 'reversed';
	if (index >= 0.4) return 'well';
	return index >= 0.2 ? 'fairly' : 'hardly';
}
