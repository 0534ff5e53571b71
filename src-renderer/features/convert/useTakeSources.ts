import { useNavigate } from 'react-router';
import { convertLimits } from '#contract/convertLimits.ts';
import { client } from '../../rpc/client.ts';
import { notifyError } from '../../ui/notify.ts';
import { beginBatch } from './batchStore.ts';
import { takeText } from './convertStore.ts';

/** Takes files in: one text that is not too long is shown and converted at once; several, or what is no text, become a batch. */
export function useTakeSources(): (files: readonly File[]) => void {
	const navigate = useNavigate();
	return (files) => void take(files, (address) => void navigate(address)).catch(notifyError);
}

async function take(files: readonly File[], goTo: (address: string) => void): Promise<void> {
	const [only] = files;
	if (!only) return;
	if (files.length === 1 && only.size <= convertLimits.textCharacters) {
		const { format, content } = await client.convert.detect({ file: only, fileName: only.name.slice(-1_000) });
		if (content !== null) return takeText(content, only.name, format);
	}
	await beginBatch(files, (id) => goTo(`/convert/files/${id}`));
}
