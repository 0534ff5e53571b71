import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { type NewFile, removeFile, showFile } from './newProjectStore.ts';

/** The files that were taken in: which one is previewed, and how each was read. */
export function FileList({ files, shownId }: { files: readonly NewFile[]; shownId: string }) {
	const { t } = useTranslation('subtitles');
	const shown = useRef<HTMLLIElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: another file is shown
	useEffect(() => {
		shown.current?.scrollIntoView({ block: 'nearest' });
	}, [shownId]);
	return (
		<Box component="ul" aria-label={t('new.files')} sx={{ m: 0, mb: 2, p: 0, listStyle: 'none', maxHeight: 240, overflow: 'auto' }}>
			{files.map((file) => (
				<Box
					component="li"
					key={file.id}
					ref={file.id === shownId ? shown : null}
					sx={{ display: 'flex', alignItems: 'center', borderRadius: 1, bgcolor: file.id === shownId ? 'action.selected' : 'transparent' }}
				>
					<ButtonBase
						aria-pressed={file.id === shownId}
						onClick={() => showFile(file.id)}
						sx={{ flex: 1, minWidth: 0, gap: 2, px: 1.5, py: 0.75, borderRadius: 1, justifyContent: 'space-between', typography: 'body1' }}
					>
						<Box component="span" dir="auto" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
							{file.file.name}
						</Box>
						<FileState file={file} />
					</ButtonBase>
					<SymbolButton label={t('new.removeFile', { name: file.file.name })} onClick={() => removeFile(file.id)}>
						<CloseIcon fontSize="small" />
					</SymbolButton>
				</Box>
			))}
		</Box>
	);
}

function FileState({ file: { preview, error } }: { file: NewFile }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	if (error !== null) return <StateLabel tone="bad" label={t('new.states.unread')} />;
	if (preview === null) return <StateLabel tone="busy" label={t('new.states.reading')} />;
	const cues = t('new.states.cues', { count: preview.cueCount, cues: format.number(preview.cueCount) });
	if (preview.problems.length === 0) return <StateLabel tone="good" label={cues} />;
	return <StateLabel tone="warn" label={[cues, t('new.states.odd', { count: preview.problems.length })].join(' · ')} />;
}
