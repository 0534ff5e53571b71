/** What an upload rejects with when the app did not take the file. */
class UploadFailed extends Error {
	readonly code: string;
	readonly data: Record<string, unknown>;
	constructor(status: number, answer: unknown) {
		super(`The upload was answered with ${status}.`);
		this.name = 'UploadFailed';
		const told = isFailureAnswer(answer) ? answer : null;
		this.code = told?.code ?? 'UPLOAD_FAILED';
		this.data = told?.data ?? { status };
	}
}

/**
 * Sends a file to the app under `uploadId`, for `library.importUpload` to take; only a browser's page needs it.
 *
 * `onProgress` tells the bytes sent. Rejects with `UploadFailed`, or with an `AbortError` when `signal` aborted; the app then throws
 * away what it had.
 */
export function uploadFile(file: File, uploadId: string, onProgress: (sentBytes: number) => void, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		// fetch does not tell how much of a body was sent.
		const request = new XMLHttpRequest();
		request.open('PUT', `/upload/${uploadId}`);
		request.setRequestHeader('content-type', 'application/octet-stream');
		request.upload.onprogress = (event) => onProgress(event.loaded);
		request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : reject(new UploadFailed(request.status, parsed(request.responseText))));
		request.onerror = () => reject(new UploadFailed(request.status, null));
		request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'));
		signal.addEventListener('abort', () => request.abort(), { once: true });
		request.send(file);
	});
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// An answer that is no JSON comes from something between the page and the app.
		return null;
	}
}

function isFailureAnswer(answer: unknown): answer is { code: string; data: Record<string, unknown> } {
	return (
		typeof answer === 'object' &&
		answer !== null &&
		'code' in answer &&
		typeof answer.code === 'string' &&
		'data' in answer &&
		typeof answer.data === 'object' &&
		answer.data !== null
	);
}
