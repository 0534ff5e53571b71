import { usualFps } from '#contract/breachesOf.ts';
import type { Term } from '#contract/glossary.ts';
import { rulesOf } from '#contract/readingRules.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';
import type { TextBasis } from './report/lookAtTexts.ts';
import { type QualityReport, qualityReport } from './report/qualityReport.ts';

/** The quality report of a project by its own reading rules and what is confirmed of its glossary. Cues that are never sent are not in it, and are counted where cues are numbered. */
export function reportProject(project: ProjectRow, cues: readonly CueRow[], terms: readonly Term[]): QualityReport {
	const looked = cues.map((row, at) => ({ ...row, number: at + 1, target: row.target ?? '' })).filter(({ skip }) => skip === null);
	return qualityReport(looked, {
		rules: rulesOf(project),
		fps: project.fps ?? usualFps,
		...textBasisOf(project, terms),
	});
}

/** By what the texts of a project are looked at; of its terms those that are confirmed. */
export function textBasisOf({ sourceLanguage, targetLanguage, style }: ProjectRow, terms: readonly Term[]): TextBasis {
	// Of a term the words alone: its kind is another thing than that of a finding.
	const glossary = terms.flatMap(({ state, source, target }) => (state === 'confirmed' && target !== '' ? [{ source, target }] : []));
	return { sourceLanguage: sourceLanguage ?? 'und', targetLanguage, glossary, keepsSongs: style.songs === 'keep' };
}
