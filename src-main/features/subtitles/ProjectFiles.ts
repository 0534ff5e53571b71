import type { UncarriedCues } from '#contract/subtitles.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { ownedIn } from '../../platform/database/owned.ts';
import { exportFileName } from '../../platform/text/exportFileName.ts';
import type { Glossaries } from './Glossaries.ts';
import { readCueRows, readProject } from './projectRows.ts';
import type { QualityReport } from './report/qualityReport.ts';
import { reportWords } from './report/reportWords.ts';
import { writeReportCsv } from './report/writeReportCsv.ts';
import { writeReportHtml } from './report/writeReportHtml.ts';
import { reportProject } from './reportProject.ts';
import { type SaveOrder, saveProject } from './saveProject.ts';
import { subtitleFile, subtitleProject } from './schema.ts';

/** What a project is given out as: its subtitles, and the report on them. */
export class ProjectFiles {
	readonly #db: Db;
	readonly #glossaries: Glossaries;

	constructor({ db, glossaries }: { db: Db; glossaries: Glossaries }) {
		this.#db = db;
		this.#glossaries = glossaries;
	}

	/** The project as a file (saveProject.ts). */
	async save(ownerId: string, projectId: string, order: SaveOrder): Promise<{ fileName: string; bytes: Uint8Array; uncarried: UncarriedCues[] }> {
		const project = readProject(this.#db, ownerId, projectId);
		const file = this.#db
			.select()
			.from(subtitleFile)
			.where(ownedIn(subtitleFile.projectId, subtitleProject, ownerId, projectId))
			.get();
		if (!file) throw new Error(`the file of the project ${projectId} is gone`);
		const written = await saveProject({ project, cues: readCueRows(this.#db, ownerId, projectId), file }, order);
		const language = order.layout === 'source' ? (project.sourceLanguage ?? '') : project.targetLanguage;
		const name = project.fileName.replace(/\.[^.\\/]{1,10}$/, '');
		return { fileName: exportFileName(name, [language, order.format].filter((part) => part !== '').join('.')), ...written };
	}

	/** What a person should look at (reportProject.ts). */
	report(ownerId: string, projectId: string): QualityReport {
		const project = readProject(this.#db, ownerId, projectId);
		const terms = project.glossaryId === null ? [] : this.#glossaries.terms(ownerId, project.glossaryId);
		return reportProject(project, readCueRows(this.#db, ownerId, projectId), terms);
	}

	/** The whole report as a file, in the words of a language. */
	saveReport(ownerId: string, projectId: string, form: 'html' | 'csv', language: 'en' | 'zh'): { fileName: string; text: string } {
		const { title } = readProject(this.#db, ownerId, projectId);
		const report = this.report(ownerId, projectId);
		const words = reportWords[language];
		const text = form === 'html' ? writeReportHtml(report, words, title) : writeReportCsv(report, words);
		return { fileName: exportFileName(`${title} ${words.title}`, form), text };
	}
}
