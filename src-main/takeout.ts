import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { isFailure } from '#contract/errors.ts';
import { savedFormat } from '#contract/subtitleCue.ts';
import type { Accounts } from './features/accounts/accounts.ts';
import type { Belongings } from './features/accounts/handlers.ts';
import type { Chat } from './features/chat/chat.ts';
import type { Finetune } from './features/finetune/finetune.ts';
import type { Grading } from './features/grading/grading.ts';
import type { Subtitles } from './features/subtitles/subtitles.ts';
import { type ZipSource, zipStream } from './platform/archives/zipStream.ts';
import { exportFileName } from './platform/text/exportFileName.ts';

/** Forms in which a class is given out, and whether what is in them is packed already. */
const classForms = { xlsx: false, csv: true, json: true } as const;

interface Features {
	accounts: Accounts;
	chat: Chat;
	grading: Grading;
	subtitles: Subtitles;
	finetune: Finetune;
	/** All of an account as one JSON text (composeBelongings.ts). */
	everything: Belongings['export'];
}

interface TakenFile {
	name: string;
	sizeBytes?: number;
	isCompressed?: boolean;
	/** Made when its turn has come. */
	make(): Promise<Readable | Uint8Array | string>;
}

/**
 * Everything that a person has made, in forms that other programs open, as one ZIP archive: chats, classes, subtitles with their glossaries, examples,
 * adapters, and all of it once more as the one JSON file that an account takes away.
 *
 * It is made while it is read, one file at a time. What of it cannot be made, such as an adapter whose file is gone, is left empty and named in the
 * last file, `problems.txt`.
 */
export function takeout(features: Features, accountId: string, at: Date): { fileName: string; zip: Readable } {
	const name = features.accounts.people.get(accountId).name;
	const day = at.toISOString().slice(0, 10);
	const files = [...filesOf(features, accountId)];
	const problems: string[] = [];
	const sources = files.map((file) => sourceOf(file, problems));
	const index = { name: 'index.html', make: async () => indexOf(name, day, files) };
	const last = { name: 'problems.txt', make: async () => (problems.length === 0 ? 'Every file could be written.\n' : `${problems.join('\n')}\n`) };
	return { fileName: exportFileName(`Homeroom ${name} ${day}`, 'zip'), zip: zipStream([sourceOf(index, problems), ...sources, sourceOf(last, problems)]) };
}

function sourceOf({ name, sizeBytes = 0, isCompressed = true, make }: TakenFile, problems: string[]): ZipSource {
	return {
		...{ name, sizeBytes, isCompressed },
		async open() {
			try {
				const made = await make();
				return made instanceof Readable ? made : Readable.from([Buffer.from(made)]);
			} catch (error) {
				if (!isFailure(error)) throw error;
				problems.push(`${name}: ${error.message}`);
				return Readable.from([]);
			}
		},
	};
}

function* filesOf({ chat, grading, subtitles, finetune, everything }: Features, ownerId: string): Generator<TakenFile> {
	const claim = uniqueNames();
	for (const { id, title } of chat.list(ownerId)) {
		const base = claim('chats', title || 'Chat');
		for (const [format, ending] of [
			['markdown', 'md'],
			['json', 'json'],
		] as const)
			yield { name: `${base}.${ending}`, make: async () => chat.export(ownerId, id, format).text };
	}
	for (const { id, title } of grading.list(ownerId)) {
		const base = claim('classes', title);
		for (const [form, isCompressed] of Object.entries(classForms) as [keyof typeof classForms, boolean][])
			yield {
				name: `${base}.${form}`,
				isCompressed,
				make: async () => (await grading.report.export(ownerId, id, { form, language: 'en', counting: 'settled' })).bytes,
			};
	}
	for (const { id, title } of subtitles.list(ownerId)) {
		const base = claim('subtitles', title);
		for (const format of savedFormat.options)
			yield { name: `${base}.${format}`, make: async () => (await subtitles.files.save(ownerId, id, { format, layout: 'target', encoding: 'utf-8' })).bytes };
	}
	for (const { id, name } of subtitles.glossaries.list(ownerId))
		yield { name: `${claim('glossaries', name)}.csv`, make: async () => subtitles.glossaries.saveTerms(ownerId, id).text };
	for (const { title, versions } of finetune.datasets.list(ownerId))
		for (const { id, number } of versions)
			yield { name: `${claim('examples', `${title} v${number}`)}.jsonl`, make: async () => (await finetune.datasets.export(ownerId, id)).text };
	for (const { id, name, version, mine, sizeBytes } of finetune.adapters.list(ownerId)) {
		if (!mine) continue;
		const make = async () => (await open(finetune.adapters.fileOf(ownerId, id), 'r')).createReadStream();
		yield { name: `${claim('adapters', `${name} v${version}`)}.gguf`, sizeBytes, isCompressed: false, make };
	}
	yield {
		name: 'everything.json',
		make: async () =>
			Readable.from(
				(function* () {
					for (const { text } of everything(ownerId)) yield Buffer.from(text);
				})(),
			),
	};
}

/** Gives each title a path of its own in its folder, without an ending; capitals make no difference to some systems. */
function uniqueNames(): (folder: string, title: string) => string {
	const taken = new Set<string>();
	return (folder, title) => {
		for (let count = 1; ; count++) {
			const path = `${folder}/${exportFileName(count === 1 ? title : `${title} (${count})`, '')}`;
			const key = path.toLowerCase();
			if (taken.has(key)) continue;
			taken.add(key);
			return path;
		}
	};
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? '');

/** A page that leads to every file; it loads and runs nothing. */
function indexOf(name: string, day: string, files: readonly TakenFile[]): string {
	const links = files.map(({ name: path }) => `<li><a href="${escaped(path.split('/').map(encodeURIComponent).join('/'))}">${escaped(path)}</a></li>`);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Homeroom: ${escaped(name)}</title>
<style>body { font: 16px/1.6 system-ui, sans-serif; max-width: 45rem; margin: 3rem auto; padding: 0 1rem } li { overflow-wrap: anywhere }</style>
</head>
<body>
<h1>What ${escaped(name)} made with Homeroom</h1>
<p>Taken on ${day}. Chats are Markdown, as the branch that was shown last, and JSON with all branches; classes workbooks (XLSX), tables (CSV) and JSON, subtitles SRT, WebVTT and ASS, glossaries CSV, examples lines of JSON, adapters GGUF for llama.cpp. <a href="everything.json">everything.json</a> holds all of it once more, with what else the account has, and with what was deleted and can still be brought back (<code>deletedAt</code> says since when). The results of converted files are saved under Convert; <a href="problems.txt">problems.txt</a> names what could not be written.</p>
<ul dir="auto">
${links.join('\n')}
</ul>
</body>
</html>
`;
}
