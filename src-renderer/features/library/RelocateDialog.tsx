import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { notify } from '../../ui/notify.ts';
import { PathDialog } from './PathDialog.tsx';

/** Asks where the file of a missing model is now. */
export function RelocateDialog({ model, onClose }: { model: Model; onClose: () => void }) {
	const { t } = useTranslation('library');
	return (
		<PathDialog
			title={t('relocate.title', { name: model.name })}
			text={t('relocate.text', { path: model.path })}
			label={t('add.path')}
			example={t('add.pathExample')}
			confirmLabel={t('relocate.confirm')}
			onPath={async (path) => {
				await client.library.relocate({ modelId: model.id, path });
				notify(t('relocate.done', { name: model.name }));
			}}
			onClose={onClose}
		/>
	);
}
