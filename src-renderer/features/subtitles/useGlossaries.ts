import { useCallback, useEffect, useState } from 'react';
import type { Glossary } from '#contract/glossary.ts';
import { client } from '../../rpc/client.ts';
import { notifyError } from '../../ui/notify.ts';

/** The reader's glossaries, read as the screen opens and by `read`; null until then. A failure is told in passing, unless `onError` takes it. */
export function useGlossaries(onError: (error: unknown) => void = notifyError): { glossaries: Glossary[] | null; read: () => void } {
	const [glossaries, setGlossaries] = useState<Glossary[] | null>(null);
	const read = useCallback(() => void client.subtitles.glossaries().then(setGlossaries, onError), [onError]);
	useEffect(read, [read]);
	return { glossaries, read };
}
