/** The most that is taken out of dropped folders, so that a disk that is dropped by mistake does not stop the page. */
const mostFiles = 10_000;

/** The files that were dropped, with those in dropped folders, each of which knows its path (`webkitRelativePath`). Call it while the drop is handled. */
export async function droppedFiles(transfer: Pick<DataTransfer, 'items' | 'files'>): Promise<File[]> {
	// Both are empty as soon as the handler of the drop has ended.
	const plain = [...transfer.files];
	const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
	if (!entries.some((entry) => entry.isDirectory)) return plain;
	const files: File[] = [];
	for (const entry of entries) await gather(entry, files);
	return files;
}

async function gather(entry: FileSystemEntry, files: File[]): Promise<void> {
	if (files.length >= mostFiles) return;
	if (isFile(entry)) files.push(await readFile(entry));
	else if (isFolder(entry)) for (const child of await readFolder(entry)) await gather(child, files);
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
	return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
	return entry.isDirectory;
}

async function readFile(entry: FileSystemFileEntry): Promise<File> {
	const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
	// A file of a folder that was dropped has no path of its own, as one of a folder that was chosen has.
	return Object.defineProperty(file, 'webkitRelativePath', { value: entry.fullPath.replace(/^\//, '') });
}

/** A folder gives its entries in parts, the last of which is empty. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
	const reader = folder.createReader();
	const all: FileSystemEntry[] = [];
	for (;;) {
		const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (part.length === 0) return all;
		all.push(...part);
	}
}
