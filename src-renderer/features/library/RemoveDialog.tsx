import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { useLibrary } from './libraryStore.ts';
import { choose } from './tableStore.ts';

/** Asks before models leave the library, and says which files would be deleted, which stay, and what that frees. */
export function RemoveDialog({ models, onClose }: { models: readonly Model[]; onClose: () => void }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const tellRefused = useLibrary((state) => state.tellRefused);
	const [deleteFiles, setDeleteFiles] = useState(false);
	const stored = models.filter(({ owned, fileState }) => owned && fileState !== 'missing');
	const storedBytes = stored.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
	const name = models[0]?.name ?? '';
	const remove = async () => {
		const { freedBytes, removed, refused } = await client.library.remove({ modelIds: models.map(({ id }) => id), deleteFiles });
		choose(
			models.map(({ id }) => id),
			false,
		);
		tellRefused(refused);
		if (removed > 0) notify(freedBytes > 0 ? t('remove.doneFreed', { count: removed, bytes: format.bytes(freedBytes) }) : t('remove.done', { count: removed }));
	};
	return (
		<ConfirmDialog
			open
			title={models.length === 1 ? t('remove.title', { name }) : t('remove.titleMany', { count: models.length })}
			confirmLabel={deleteFiles ? t('remove.confirmDelete') : t('remove.confirm')}
			isDestructive
			onConfirm={remove}
			onClose={onClose}
		>
			<Typography sx={{ mb: 1.5 }}>{t('remove.text', { count: models.length })}</Typography>
			<Box component="ul" sx={{ m: 0, p: 0, mb: 1.5, listStyle: 'none', maxHeight: 240, overflow: 'auto' }}>
				{models.map((model) => (
					<FileLine key={model.id} model={model} isDeleted={deleteFiles && stored.includes(model)} isNamed={models.length > 1} />
				))}
			</Box>
			{stored.length > 0 ? (
				<FormControlLabel
					control={<Checkbox size="small" checked={deleteFiles} onChange={(event) => setDeleteFiles(event.target.checked)} />}
					label={t('remove.deleteFiles', { count: stored.length, bytes: format.bytes(storedBytes) })}
				/>
			) : (
				<Typography>{t('remove.filesStay', { count: models.length })}</Typography>
			)}
			{!deleteFiles && stored.length > 0 && (
				<Typography variant="caption" sx={{ display: 'block', color: 'text.secondary', overflowWrap: 'anywhere' }}>
					{t('remove.keptIn', { folder: folderOf(stored[0]?.path ?? ''), count: stored.length })}
				</Typography>
			)}
			{deleteFiles && stored.some(({ linked }) => linked) && (
				<Typography variant="caption" sx={{ display: 'block', color: 'text.secondary' }}>
					{t('remove.linked')}
				</Typography>
			)}
		</ConfirmDialog>
	);
}

/** The folder of a file, in the words of the system that it lies on. */
function folderOf(path: string): string {
	return path.replace(/[\\/][^\\/]*$/, '');
}

function FileLine({ model, isDeleted, isNamed }: { model: Model; isDeleted: boolean; isNamed: boolean }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const fate = isDeleted ? t('remove.goes') : model.fileState === 'missing' ? t('state.missing') : t('remove.stays');
	return (
		<Box component="li" sx={{ display: 'flex', gap: 2, alignItems: 'baseline', py: 0.25 }}>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				{isNamed && (
					<Typography noWrap dir="auto">
						{model.name}
					</Typography>
				)}
				<Typography noWrap variant="caption" title={model.path} sx={{ display: 'block', color: 'text.secondary' }}>
					{model.path}
				</Typography>
			</Box>
			<Typography variant="caption" sx={{ color: isDeleted ? 'error.main' : 'text.secondary', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
				{fate} · {format.bytes(model.sizeBytes)}
			</Typography>
		</Box>
	);
}
