import type { FindingKind, ReportedCue } from './Finding.ts';
import type { QualityReport } from './qualityReport.ts';
import { type ReportWords, wordsOf } from './reportWords.ts';
import { shownText, shownTime } from './shownText.ts';

const style = `
:root{color-scheme:light dark;--ink:#1c2024;--quiet:#60646c;--line:#d9dce1;--ground:#fff;--mark:#b4540a}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--quiet:#a0a6ae;--line:#3a3f46;--ground:#17191c;--mark:#f0a35e}}
*{box-sizing:border-box}body{margin:32px;color:var(--ink);background:var(--ground);font:15px/1.5 system-ui,sans-serif}
h1{font-size:22px;margin:0}p{color:var(--quiet);margin:8px 0 16px}
ul{margin:0;padding-inline-start:16px}ul.counts{list-style:none;padding:0;margin:0 0 24px;display:flex;flex-wrap:wrap;gap:8px 24px}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid var(--line);padding:8px;text-align:start;vertical-align:top}
th{color:var(--quiet);font-size:13px;font-weight:600}.figure{font-variant-numeric:tabular-nums;white-space:nowrap}
.text{white-space:pre-wrap;overflow-wrap:anywhere}.risk{color:var(--mark);font-weight:600}thead{display:table-header-group}tr{break-inside:avoid}
@media print{:root{--ink:#000;--quiet:#444;--line:#bbb;--ground:#fff;--mark:#000}body{margin:0;font-size:11px}}`;

/**
 * A report as one page of HTML that needs nothing beside it: light and dark, and printable.
 *
 * Every text of a file is escaped and stands apart in its own direction; the page may run no script and load nothing.
 * `name`: what the project is called.
 */
export function writeReportHtml(report: QualityReport, words: ReportWords, name: string): string {
	const { columns } = words;
	const heads = [columns.number, columns.start, columns.risk, columns.source, columns.target, columns.findings];
	const rows = report.reported.map((one) => row(one, words)).join('\n');
	const table = `<table><thead><tr>${heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join('')}</tr></thead><tbody>\n${rows}\n</tbody></table>`;
	return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(`${words.title} · ${name}`)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(words.title)} · <bdi>${escaped(name)}</bdi></h1>
<p>${escaped(words.summary(report.cues, report.reported.length, report.approved))}</p>
${counts(report, words)}
${report.reported.length === 0 ? `<p>${escaped(words.nothing)}</p>` : table}
</body>
</html>
`;
}

function counts(report: QualityReport, words: ReportWords): string {
	// The words of every kind are there, in their order.
	const kinds = Object.keys(words.kinds) as FindingKind[];
	const items = kinds.filter((kind) => report.counts[kind]).map((kind) => `<li>${escaped(words.kinds[kind])}: <b>${report.counts[kind]}</b></li>`);
	return items.length === 0 ? '' : `<ul class="counts">${items.join('')}</ul>`;
}

function row({ cue, findings, risk }: ReportedCue, words: ReportWords): string {
	const found = findings.map((finding) => `<li><bdi>${escaped(wordsOf(finding, words))}</bdi></li>`).join('');
	const cells = [
		`<td class="figure">${cue.number}</td>`,
		`<td class="figure">${shownTime(cue.startMs)}</td>`,
		`<td class="figure risk">${Math.round(risk * 100)}</td>`,
		`<td class="text" dir="auto">${escaped(cue.source)}</td>`,
		`<td class="text" dir="auto">${escaped(cue.target)}</td>`,
		`<td><ul>${found}</ul></td>`,
	];
	return `<tr>${cells.join('')}</tr>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
	return shownText(text).replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);
}
