import type { ModelKind } from '#contract/library.ts';
import type { RemoteFile, RemoteModel, RemotePart } from '#contract/market.ts';

/** A file as its source lists it, before anybody looked whether this machine has it. */
export type FoundFile = Omit<RemoteFile, 'modelId' | 'stored'>;
export type FoundModel = Omit<RemoteModel, 'files'> & { files: FoundFile[] };

/** Where one part can be had. The token is for the origin of `url` alone. */
export interface PartAddress {
	url: string;
	token: string | undefined;
}

/** Makes the entry of a file from its parts, which come in their order. */
export function foundFile(described: { id: string; fileName: string; kind: ModelKind; quantization: string | null; parts: RemotePart[] }): FoundFile {
	return { ...described, sizeBytes: described.parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}
