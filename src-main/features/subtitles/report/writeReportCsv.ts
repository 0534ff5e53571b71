import { writeCsv } from '../../../platform/csv/writeCsv.ts';
import type { QualityReport } from './qualityReport.ts';
import { type ReportWords, wordsOf } from './reportWords.ts';
import { shownText, shownTime } from './shownText.ts';
import { toHundredths } from './toHundredths.ts';

/** A report as a table for spreadsheets: a row for each cue in which something was found, the riskiest first. No text in it is a formula. */
export function writeReportCsv(report: QualityReport, words: ReportWords): string {
	const { number, start, end, risk, source, target, findings, confidence, approved } = words.columns;
	return writeCsv(
		[number, start, end, risk, source, target, findings, confidence, approved],
		report.reported.map(({ cue, findings: found, risk: value }) => [
			cue.number,
			shownTime(cue.startMs),
			shownTime(cue.endMs),
			value,
			shownText(cue.source),
			shownText(cue.target),
			shownText(found.map((finding) => wordsOf(finding, words)).join('\n')),
			cue.confidence === null ? null : toHundredths(cue.confidence),
			cue.isApproved ? words.yes : '',
		]),
	);
}
