import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { useFormat } from '../../ui/format.ts';
import { PathDialog } from './PathDialog.tsx';

/** Asks for the folder that models are copied to with their facts and checksums, for a machine without internet. */
export function ExportDialog({ models, onClose }: { models: readonly Model[]; onClose: () => void }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const bytes = format.bytes(models.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
	return (
		<PathDialog
			title={models.length === 1 ? t('export.title', { name: models[0]?.name ?? '' }) : t('export.titleMany', { count: models.length })}
			text={t('export.text', { bytes })}
			label={t('export.folder')}
			example={t('export.example')}
			confirmLabel={t('export.confirm')}
			onPath={async (folder) => {
				await client.library.exportTo({ modelIds: models.map(({ id }) => id), folder });
			}}
			onClose={onClose}
		/>
	);
}
